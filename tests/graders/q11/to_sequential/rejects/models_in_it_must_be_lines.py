"""A model that stands in the line has to be a line itself.

breaks: "A whole model may be a layer of the line"
fails: test_a_model_may_be_a_layer
"""

import keras


def to_sequential(model):
    if len(model.inputs) != 1 or len(model.outputs) != 1:
        raise ValueError("several inputs or outputs")
    for op in model.operations:
        if not isinstance(op, keras.Layer):
            raise ValueError("an operation")
    steps = model.get_config()["layers"]

    def tensors(x):
        if isinstance(x, dict):
            if x.get("class_name") == "__keras_tensor__":
                return [tuple(x["config"]["keras_history"])]
            return [t for v in x.values() for t in tensors(v)]
        if isinstance(x, (list, tuple)):
            return [t for v in x for t in tensors(v)]
        return []

    taker = {}
    for step in steps:
        nodes = step["inbound_nodes"]
        if step["class_name"] == "InputLayer" and not nodes:
            last = step["name"]
            continue
        if len(nodes) != 1:
            raise ValueError("a layer is called twice")
        ts = tensors([nodes[0]["args"], nodes[0]["kwargs"]])
        if len(ts) != 1:
            raise ValueError("a layer joins tensors")
        if ts[0][0] in taker:
            raise ValueError("an output is used twice")
        taker[ts[0][0]] = step["name"]
    for layer in model.layers:
        if isinstance(layer, keras.Model) and not isinstance(layer, keras.Sequential):
            to_sequential(layer)
    chain = []
    while last in taker:
        last = taker[last]
        chain.append(model.get_layer(last))
    return keras.Sequential([model.layers[0], *chain])
