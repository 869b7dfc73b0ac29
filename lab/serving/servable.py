"""One version of a model, loaded and warmed up, and Predict on it.

Source: servables/tensorflow/predict_util.cc and saved_model_warmup_util.cc.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import tensorflow as tf
from google.protobuf.message import DecodeError
from tensorflow.core.framework.tensor_pb2 import TensorProto
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

from lab.serving import examples
from lab.serving.errors import RefusedError, invalid, precondition
from lab.serving.runtime import Session

WARM_UP = Path("assets.extra", "tf_serving_warmup_requests")
MOST_RECORDS = 1000
DEFAULT = "serving_default"


class Servable:
    """A session of the C++ runtime over a graph of a SavedModel.

    Args:
        folder: of the SavedModel.
        tags: of the graph in it.
        replays: how many times each request of the warm-up file is replayed; 0 for no warm-up.

    Attributes:
        signatures: SignatureDef by name.
        warmed: how many requests of the warm-up file were replayed.

    Raises:
        RefusedError: if it does not load, or a record of the warm-up file is no PredictionLog or
            fails, or there are more than 1000. The server does not serve it then.
    """

    def __init__(self, folder: Path, tags: Sequence[str] = ("serve",), replays: int = 1):
        self.session = Session(folder, tags)
        self.signatures, self.warmed = self.session.signatures, 0
        try:
            if replays and (folder / WARM_UP).exists():
                self.warm_up(folder / WARM_UP, replays)
        except BaseException:
            self.session.close()
            raise

    def warm_up(self, file: Path, replays: int) -> None:
        for record in records(file):
            try:
                log = PredictionLog.FromString(record)
            except DecodeError:
                raise invalid(f"Failed to parse warmup record from {file}") from None
            for _ in range(replays):
                self.replay(log)
            self.warmed += 1
            if self.warmed > MOST_RECORDS:
                limit = f"exceeds the maximum ({MOST_RECORDS})"
                raise invalid(f"Number of warmup records {limit} at {file}")

    def replay(self, log: PredictionLog) -> None:
        match log.WhichOneof("log_type"):
            case "predict_log":
                self.predict(log.predict_log.request)
            case "classify_log":
                examples.classify(self.session, log.classify_log.request)
            case "regress_log":
                examples.regress(self.session, log.regress_log.request)
            case "multi_inference_log":
                examples.infer(self.session, log.multi_inference_log.request)
            case None:
                pass
            case kind:
                message = f"Unsupported log_type for warmup: {kind}"
                raise RefusedError(grpc.StatusCode.UNIMPLEMENTED, message)

    def predict(
        self, request: PredictRequest, seconds: float | None = None
    ) -> dict[str, np.ndarray]:
        """The outputs of a signature, all or those that the request's output_filter names.

        Raises:
            RefusedError: FAILED_PRECONDITION for an unknown signature, INVALID_ARGUMENT for inputs
                or outputs that it has not; else what the runtime says.
        """
        name = request.model_spec.signature_name or DEFAULT
        if name not in self.signatures:
            raise precondition(f'Serving signature key "{name}" not found.')
        signature = self.signatures[name]
        feeds = feeds_of(request.inputs, signature.inputs)
        aliases = chosen(request.output_filter, signature.outputs)
        fetches = [signature.outputs[alias].name for alias in aliases]
        return dict(zip(aliases, self.session.run(feeds, fetches, seconds), strict=True))

    def close(self) -> None:
        self.session.close()


def records(file: Path) -> Iterator[bytes]:
    try:
        yield from tf.compat.v1.io.tf_record_iterator(str(file))
    except tf.errors.DataLossError as error:
        message = f"{error.message}. Please verify your warmup data is in TFRecord format."
        raise RefusedError(grpc.StatusCode.DATA_LOSS, message) from None


def feeds_of(sent: Mapping[str, TensorProto], inputs: Mapping[str, Any]) -> dict[str, TensorProto]:
    """Values by name of the graph's tensor; their names must be those of the signature."""
    if set(sent) != set(inputs):
        extra, missing = sorted(set(sent) - set(inputs)), sorted(set(inputs) - set(sent))
        raise invalid(
            f"input size does not match signature: {len(sent)}!={len(inputs)}. Sent extra: "
            f"{{{','.join(extra)}}}. Missing but required: {{{','.join(missing)}}}."
        )
    return {inputs[name].name: sent[name] for name in inputs}


def chosen(wanted: Sequence[str], outputs: Mapping[str, Any]) -> list[str]:
    """The outputs that a request names; all, if it names none."""
    for alias, times in Counter(wanted).items():
        if alias not in outputs:
            names = ",".join(sorted(outputs))
            raise invalid(
                f"output tensor alias not found in signature: {alias} "
                f"Outputs expected to be in the set {{{names}}}."
            )
        if times > 1:
            raise invalid(f"duplicate output tensor alias: {alias}")
    return list(wanted) or sorted(outputs)
