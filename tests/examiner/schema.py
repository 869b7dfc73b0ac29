"""As much of JSON Schema 2020-12 as docs/grading.schema.json uses, so that no library is needed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "null": type(None),
}
KNOWN = {"type", "description", "properties", "required", "additionalProperties", "items", "const"}
KNOWN |= {"enum", "anyOf", "$ref", "minItems", "maxItems", "minimum", "maximum", "pattern"}
KNOWN |= {"format", "$schema", "$id", "$defs", "title"}


def errors(value: Any, schema: Any, whole: Any, place: str = "$") -> Iterator[str]:
    """What is wrong with `value`, a sentence each."""
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    if unknown := schema.keys() - KNOWN:
        yield f"{place}: this validator does not know {unknown}"
    if "anyOf" in schema:
        if all(any(errors(value, each, whole)) for each in schema["anyOf"]):
            yield f"{place}: none of the alternatives"
        return
    if "type" in schema and not is_a(value, schema["type"]):
        yield f"{place}: {type(value).__name__} for {schema['type']}"
        return
    yield from wrong_value(value, schema, place)
    if isinstance(value, dict):
        yield from wrong_object(value, schema, whole, place)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{place}: {len(value)} items"
        for i, item in enumerate(value):
            yield from errors(item, schema.get("items", {}), whole, f"{place}[{i}]")


def is_a(value: Any, kinds: Any) -> bool:
    names = kinds if isinstance(kinds, list) else [kinds]
    truth = isinstance(value, bool)
    return any(isinstance(value, KINDS[n]) and (not truth or n == "boolean") for n in names)


def wrong_value(value: Any, schema: Any, place: str) -> Iterator[str]:
    if "const" in schema and value != schema["const"]:
        yield f"{place}: {value!r} for {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r} is none of {schema['enum']}"
    if "minimum" in schema and value < schema["minimum"]:
        yield f"{place}: {value} is too small"
    if "maximum" in schema and value > schema["maximum"]:
        yield f"{place}: {value} is too large"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{place}: {value!r} is not like {schema['pattern']}"


def wrong_object(value: dict[str, Any], schema: Any, whole: Any, place: str) -> Iterator[str]:
    known = schema.get("properties", {})
    more = schema.get("additionalProperties", True)
    yield from (f"{place}: no {name}" for name in schema.get("required", ()) if name not in value)
    for name, item in value.items():
        if name in known:
            yield from errors(item, known[name], whole, f"{place}.{name}")
        elif more is False:
            yield f"{place}: {name} is not documented"
        elif isinstance(more, dict):
            yield from errors(item, more, whole, f"{place}.{name}")
