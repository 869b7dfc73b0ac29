"""The sentence in an error text of TensorFlow, Keras or gRPC, without what is around it."""

from __future__ import annotations

import re

RPC_REPORT = re.compile(
    r'<_\w+ of RPC that terminated with:\s+status = StatusCode\.(\w+)\s+details = "(.*?)"\s.*>',
    re.DOTALL,
)
FRAME_IN_TEXT = re.compile(r'^ +File "[^\n]*\n(?: +(?!File ")[^\n]*\n)?', re.MULTILINE)
# What TensorFlow appends: where a tensor was made, which node failed, Python's own traceback.
APPENDED = re.compile(
    r"\n\n[^\n]* was defined here:|\s*\[\[\{\{|\s*Debug info: container="
    r"|\s*Traceback \(most recent call last\)"
)
KERAS_FRAME = re.compile(
    r"Exception encountered when calling [^\n]*\n+(.*?)(?:\n+Arguments received by|\Z)", re.S
)


def essence(message: str) -> str:
    """The sentence in an error text of TensorFlow or Keras, without the frames around it."""
    message = without_rpc(message)
    keras = KERAS_FRAME.search(message)
    message = keras.group(1) if keras else message
    message = message.rsplit("Exception encountered: ", 1)[-1]  # after a whole config, in loading
    if "in user code:" in message or "Detected at node" in message:
        message = re.split("in user code:|Detected at node", message, maxsplit=1)[1]
        message = FRAME_IN_TEXT.split(message)[-1]
    message = APPENDED.split(message)[0]
    message = re.sub(r"^\w*(Error|Exception):(?: |$)", "", message.strip())
    message = re.sub(r" ?\[Op:\w+\][^\n]*|\{\{.*?\}\} |,? id=\d+", "", message.strip())
    return " ".join(message.split())


def without_rpc(message: str) -> str:
    """Status and details of an error of gRPC, which prints them as a report of several lines."""
    return RPC_REPORT.sub(r"\1: \2", message)
