"""What is left of the long error texts of TensorFlow and Keras."""

from __future__ import annotations

import pytest

from dojo.errortext import essence

GRAPH = """\
Graph execution error:

Detected at node net/assert_less/Assert defined at (most recent call last):
  File "/somewhere/keras/src/layers/layer.py", line 1002, in __call__

  File "/somewhere/katas/q03/wrapped.py", line 5, in call

assertion failed: [too big]
\t [[{{node net/assert_less/Assert}}]] [Op:__inference_multi_step_on_iterator_203]"""

LOADING = """\
<class 'keras.src.models.sequential.Sequential'> could not be deserialized properly. Please \
ensure that components that are Python object instances are registered.

config={'module': 'keras', 'class_name': 'Sequential', 'config': {'name': 'sequential'}}.

Exception encountered: Could not locate class 'Affinity'."""

UNINITIALIZED = """\
Could not find variable dense/bias. This could mean that it has been deleted. \
Debug info: container=localhost, status error message=Resource localhost/dense/bias
\t [[{{function_node __inference_serving_61}}{{node BiasAdd/ReadVariableOp}}]]"""

USER_CODE = """\
in user code:

    File "/somewhere/katas/q09/counter.py", line 9, in call
        return x + self.y

    TypeError: unsupported operand type(s)
"""

CALL = """\
Exception encountered when calling Affinity.call().

too many inputs

Arguments received by Affinity.call():
  \u2022 inputs=tf.Tensor(shape=(2, 2), dtype=float32)"""


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "<_InactiveRpcError of RPC that terminated with:\n\tstatus = StatusCode.NOT_FOUND\n"
            '\tdetails = "no such model"\n\tdebug_error_string = "NOT_FOUND:no such model"\n>',
            "NOT_FOUND: no such model",
        ),
        (GRAPH, "assertion failed: [too big]"),
        (LOADING, "Could not locate class 'Affinity'."),
        (USER_CODE, "unsupported operand type(s)"),
        (CALL, "too many inputs"),
        (
            UNINITIALIZED,
            "Could not find variable dense/bias. This could mean that it has been deleted.",
        ),
        ("required broadcastable shapes [Op:AddV2] name: ", "required broadcastable shapes"),
    ],
    ids=["rpc", "graph", "loading", "user code", "call", "uninitialized", "eager"],
)
def test_the_sentence_is_found(text: str, sentence: str) -> None:
    assert essence(text) == sentence
