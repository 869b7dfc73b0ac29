"""The layers get numbers for names, in the model too.

breaks: "The model itself stays unchanged"
fails: test_the_model_stays_unchanged
"""

from itertools import pairwise
from typing import Any

import keras


def to_sequential(model: keras.Model) -> keras.Sequential:
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError("A line has one input and one output.")
    steps = model.get_config()["layers"]  # operations included, in the order of the computation
    for before, step in pairwise(steps):
        if sources(step["inbound_nodes"]) != [before["name"]]:
            raise ValueError(f"{step['name']} is not called once, on the output before it.")
    line = [model.get_layer(step["name"]) for step in steps[1:]]  # ValueError for an operation
    for number, layer in enumerate(line):
        layer.name = f"layer_{number}"
    first = model.inputs[0]
    return keras.Sequential([keras.Input(batch_shape=first.shape, dtype=first.dtype), *line])


def sources(calls: Any) -> list[str]:
    """The steps that the tensors in `calls`, a part of a config, come from: one name for each."""
    if isinstance(calls, dict):
        if calls.get("class_name") == "__keras_tensor__":
            return [calls["config"]["keras_history"][0]]
        calls = calls.values()
    elif not isinstance(calls, (list, tuple)):
        return []
    return [name for part in calls for name in sources(part)]
