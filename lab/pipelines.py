"""The stages of a tf.data pipeline, read from the graph in which a dataset describes itself.

tf.data writes this graph when it sends a dataset to another process. It is public, it shows
what the pipeline declares before any optimization, and it holds the functions of every stage.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Any

import tensorflow as tf

IGNORE_STATE = 1  # external_state_policy: a counter or a random generator is no obstacle
STAGE = re.compile(r"(\w+?)Dataset(V\d+)?")
PARALLEL = ("ParallelMap", "ParallelInterleave", "LegacyParallelInterleave", "MapAndBatch")


@dataclass(frozen=True)
class Stage:
    """One transformation or source.

    Attributes:
        kind: TensorFlow's name for it: "ParallelMap", "Cache", "Shuffle", "Prefetch".
        numbers: its integer arguments in the order of the op's inputs. The buffer size of a
            prefetch and the number of parallel calls come last; AUTOTUNE is -1.
        nodes: the names of all nodes in the functions that it runs.
    """

    kind: str
    numbers: tuple[int, ...]
    nodes: frozenset[str]

    def runs(self, scope: str) -> bool:
        """Whether its functions hold an op made under `tf.name_scope(scope)`."""
        return any(scope in name.split("/") for name in self.nodes)

    @property
    def parallel(self) -> bool:
        """Whether its functions work on several elements at a time."""
        if self.kind not in PARALLEL:
            return False
        alone = self.kind != "LegacyParallelInterleave" and self.numbers[-1:] == (1,)
        return not alone or os.cpu_count() == 1


def stages(dataset: tf.data.Dataset) -> list[Stage]:
    """The stages of `dataset`, from the last one back to the sources."""
    variant = tf.data.experimental.to_variant(dataset)
    graph = tf.compat.v1.GraphDef.FromString(
        tf.raw_ops.DatasetToGraphV2(
            input_dataset=variant, external_state_policy=IGNORE_STATE, strip_device_assignment=True
        ).numpy()
    )
    nodes = {node.name: node for node in graph.node}
    functions = {function.signature.name: function for function in graph.library.function}
    ends = [node.name for node in graph.node if node.op == "_Retval"]
    found, seen = [], set()
    while ends:
        node = nodes[ends.pop().split(":")[0].lstrip("^")]
        if node.name in seen:
            continue
        seen.add(node.name)
        ends += reversed(node.input)
        kind = STAGE.fullmatch(node.op)
        if kind and kind[1] != "Options":
            arguments = [nodes[name] for name in node.input if name in nodes]
            found.append(Stage(kind[1], integers(arguments), bodies(node, functions)))
    return found


def integers(arguments: list[Any]) -> tuple[int, ...]:
    """The values of those `arguments` that are constant integers."""
    constants = [a.attr["value"].tensor for a in arguments if a.op == "Const"]
    arrays = [tf.make_ndarray(c) for c in constants if tf.as_dtype(c.dtype).is_integer]
    return tuple(int(array) for array in arrays if array.shape == ())


def bodies(node: Any, functions: dict[str, Any]) -> frozenset[str]:
    """The names of the nodes in the functions of `node`, and in all that those call."""
    names: set[str] = set()
    waiting, called = called_by(node), set()
    while waiting:
        name = waiting.pop()
        if name in functions and name not in called:
            called.add(name)
            names.update(inner.name for inner in functions[name].node_def)
            waiting += [callee for i in functions[name].node_def for callee in called_by(i)]
    return frozenset(names)


def called_by(node: Any) -> list[str]:
    """The names of the functions among the attributes of `node`."""
    attributes = node.attr.values()
    return [a.func.name for a in attributes] + [f.name for a in attributes for f in a.list.func]
