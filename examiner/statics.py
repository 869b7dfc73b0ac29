"""A look at a stub's text for constructs that no known right answer of it needs.

It proves nothing: it says where a person should look. What the solution or an accept of the same
stub uses is not named.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

from dojo.report.known import corpus

MODULES = {
    **dict.fromkeys(("pytest", "_pytest", "pluggy", "unittest"), "the test runner"),
    **dict.fromkeys(("gc", "inspect", "traceback", "linecache", "dis"), "other code's insides"),
    **dict.fromkeys(("ctypes", "cffi", "mmap"), "memory of the process"),
    **dict.fromkeys(("subprocess", "multiprocessing", "pty"), "other processes"),
    **dict.fromkeys(("socket", "urllib", "http", "requests", "ssl"), "the network"),
    **dict.fromkeys(("importlib", "runpy", "builtins", "atexit", "signal"), "the interpreter"),
    **dict.fromkeys(("dojo", "lab", "examiner", "tests"), "the judge"),
    **dict.fromkeys(("pickle", "marshal", "base64", "zlib", "codecs"), "hidden code or data"),
    **dict.fromkeys(("sys", "os", "pathlib", "shutil", "tempfile", "io"), "files or the system"),
}
# Modules that other modules have imported: collections.abc has sys as an attribute, say.
HANDED_ON = {"sys", "os", "gc", "builtins", "inspect", "importlib", "ctypes", "subprocess"}
HANDED_ON |= {"socket", "pytest", "unittest", "threading", "_os", "_sys", "_collections_abc"}
CALLS = {"eval", "exec", "compile", "__import__", "globals", "vars", "open", "breakpoint"}
INSIDES = {"__class__", "__subclasses__", "__globals__", "__code__", "__closure__", "__builtins__"}
INSIDES |= {"_getframe", "__dict__", "f_back", "f_locals", "f_globals", "tb_frame", "modules"}
LIES = {"__eq__", "__ne__", "__array_ufunc__", "__array_function__", "__instancecheck__"}
LIES |= {"__array__", "__array_priority__", "__del__", "__getattribute__", "__tf_tensor__"}


def flags(source: str, root: Path, kata: str, stub: str) -> list[str]:
    """What stands out in `source`, each with its line; empty where it cannot be parsed."""
    usual: set[str] = set()
    for file in right_answers(root, kata, stub):
        usual |= {what for _, what in constructs(file.read_text(encoding="utf-8"))}
    found: dict[str, int] = {}
    for line, what in constructs(source):
        if what not in usual:
            found.setdefault(what, line)
    return [f"line {line}: {what}" for what, line in found.items()]


def text_of(data: bytes) -> str:
    """A Python file's text as Python reads it: its first lines may name an encoding."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding, "replace")
    except (SyntaxError, LookupError, ValueError):
        text = data.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n")


def right_answers(root: Path, kata: str, stub: str) -> Iterator[Path]:
    yield root / "solutions" / kata / f"{stub}.py"
    yield from (corpus(root, kata, stub) / "accepts").glob("*.py")


def constructs(source: str) -> Iterator[tuple[int, str]]:
    """Lines and the words for what may matter there."""
    try:
        module = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    imported = set(names_of_modules(module))
    for node in ast.walk(module):
        line = getattr(node, "lineno", 0)
        match node:
            case ast.Import(names=names):
                yield from ((line, word) for name in names for word in of_module(name.name))
            case ast.ImportFrom(module=str(name), names=names):
                yield from ((line, word) for word in of_module(name))
                taken = sorted(HANDED_ON.intersection(each.name for each in names))
                yield from ((line, f"it takes {each} from {name}") for each in taken)
            case ast.Call(func=ast.Name(id=name)) if name in CALLS:
                yield line, f"it calls {name}"
            case ast.Call(func=ast.Name(id="setattr"), args=[ast.Name(id=name), *_]):
                if name in imported:
                    yield line, f"it changes {name}"
            case ast.Call(
                func=ast.Name(id="getattr" | "setattr" | "delattr" as call), args=args
            ) if not isinstance(args[1:2] and args[1], ast.Constant):
                yield line, f"it calls {call} with a name that is put together"
            case ast.Call(func=ast.Attribute(attr="__setattr__" | "__getattribute__" as name)):
                yield line, f"it calls {name}"
            case ast.Call(func=ast.Attribute(attr="attrgetter" | "methodcaller" as name)):
                yield line, f"it calls {name}"
            case ast.MatchClass(kwd_attrs=names) if names:
                yield from ((line, f"it reads {each}") for each in names if each in INSIDES)
            case ast.Attribute(attr=name) if name in HANDED_ON:
                yield line, f"it takes {name} from another module"
            case ast.Attribute(attr=name) if name in INSIDES:
                yield line, f"it reads {name}"
            case ast.Constant(value=str(text)) if text in INSIDES | LIES:
                yield line, f"it names {text} in a string"
            case ast.FunctionDef(name=name) if name in LIES:
                yield line, f"it defines {name}"
            case ast.Assign(targets=targets):
                yield from ((line, word) for t in targets for word in of_target(t, imported))
            case ast.AugAssign(target=target) | ast.AnnAssign(target=target):
                yield from ((line, word) for word in of_target(target, imported))


def names_of_modules(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((a.asname or a.name).split(".")[0] for a in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (a.asname or a.name for a in node.names)


def of_module(name: str) -> Iterator[str]:
    top = name.split(".")[0]
    if top in MODULES:
        yield f"it imports {top}, for {MODULES[top]}"
    elif any(part.startswith("_") and not part.startswith("__") for part in name.split(".")):
        yield f"it imports {name}, which is private"


def of_target(target: ast.expr, imported: set[str]) -> Iterator[str]:
    """An attribute or item of an imported module or class is assigned to."""
    inner = target
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
    if inner is not target and isinstance(inner, ast.Name) and inner.id in imported:
        yield f"it changes {inner.id}"
