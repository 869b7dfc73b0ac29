"""One version of a model, loaded and warmed up.

Source: servables/tensorflow/predict_util.cc and saved_model_warmup_util.cc.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import grpc
import numpy as np
import tensorflow as tf
from google.protobuf.message import DecodeError
from tensorflow_serving.apis.predict_pb2 import PredictRequest
from tensorflow_serving.apis.prediction_log_pb2 import PredictionLog

from lab.serving.errors import CODES, RefusedError, invalid, not_found, precondition

WARM_UP = Path("assets.extra", "tf_serving_warmup_requests")
MOST_RECORDS = 1000


class Servable:
    """A session of the C++ runtime over the `serve` graph of a SavedModel.

    Attributes:
        signatures: SignatureDef by name.
        warmed: how many requests of the warm-up file were replayed.
    """

    def __init__(self, folder: Path):
        """Load a version, and replay its warm-up file if there is one.

        Raises:
            RefusedError: if it does not load, or a record of the warm-up file is no PredictionLog
                or fails, or there are more than 1000. The server does not serve it then.
        """
        if not Path(folder, "saved_model.pb").is_file():
            raise not_found(f"Could not find SavedModel .pb at supplied export directory {folder}")
        self.session = tf.compat.v1.Session(graph=tf.Graph())
        self.warmed = 0
        try:
            self.signatures = self.load(folder)
            self.warm_up(folder / WARM_UP)
        except BaseException:
            self.session.close()
            raise

    def load(self, folder: Path) -> dict[str, Any]:
        try:
            with self.session.graph.as_default():
                tags = [tf.saved_model.SERVING]
                loaded = tf.compat.v1.saved_model.load(self.session, tags, str(folder))
        except Exception as error:
            raise RefusedError(grpc.StatusCode.UNKNOWN, essence(error)) from None
        return dict(loaded.signature_def)

    def warm_up(self, file: Path) -> None:
        if not file.exists():
            return
        for record in tf.compat.v1.io.tf_record_iterator(str(file)):
            try:
                log = PredictionLog.FromString(record)
            except DecodeError:
                raise invalid(f"Failed to parse warmup record from {file}") from None
            kind = log.WhichOneof("log_type")
            if kind == "predict_log":
                self.predict(log.predict_log.request)
            elif kind is not None:
                message = f"Unsupported log_type for warmup: {kind}"
                raise RefusedError(grpc.StatusCode.UNIMPLEMENTED, message)
            self.warmed += 1
            if self.warmed > MOST_RECORDS:
                limit = f"exceeds the maximum ({MOST_RECORDS})"
                raise invalid(f"Number of warmup records {limit} at {file}")

    def predict(self, request: PredictRequest) -> dict[str, np.ndarray]:
        """The outputs of a signature, all or those that the request's output_filter names.

        Raises:
            RefusedError: FAILED_PRECONDITION for an unknown signature, INVALID_ARGUMENT for inputs
                or outputs that it has not, or of another dtype; else what the graph raised.
        """
        name = request.model_spec.signature_name or "serving_default"
        signature = self.signatures.get(name)
        if signature is None:
            raise precondition(f'Serving signature key "{name}" not found.')
        wanted = list(request.output_filter) or sorted(signature.outputs)
        for alias in wanted:
            if alias not in signature.outputs:
                names = ",".join(sorted(signature.outputs))
                raise invalid(
                    f"output tensor alias not found in signature: {alias} "
                    f"Outputs expected to be in the set {{{names}}}."
                )
        fetches = {alias: signature.outputs[alias].name for alias in wanted}
        feeds = feeds_of(request.inputs, signature.inputs)
        try:
            return self.session.run(fetches, feeds)
        except tf.errors.OpError as error:
            raise RefusedError(CODES[error.error_code], essence(error)) from None
        except ValueError as error:
            raise invalid(essence(error)) from None

    def close(self) -> None:
        self.session.close()


def feeds_of(sent: Mapping[str, Any], inputs: Mapping[str, Any]) -> dict[str, np.ndarray]:
    """Arrays by name of the graph's tensor; the names and dtypes must be those of the signature."""
    if set(sent) != set(inputs):
        extra, missing = sorted(set(sent) - set(inputs)), sorted(set(inputs) - set(sent))
        raise invalid(
            f"input size does not match signature: {len(sent)}!={len(inputs)}. Sent extra: "
            f"{{{','.join(extra)}}}. Missing but required: {{{','.join(missing)}}}."
        )
    for name, proto in sent.items():
        if proto.dtype != inputs[name].dtype:
            want, got = (tf.as_dtype(d).name for d in (inputs[name].dtype, proto.dtype))
            raise invalid(f"Expects {name} to be {want} but {got} is provided")
    return {inputs[name].name: tf.make_ndarray(proto) for name, proto in sent.items()}


def essence(error: Exception) -> str:
    """What is wrong, without the headline before it and the name of the op after it."""
    text = error.message if isinstance(error, tf.errors.OpError) else str(error)
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("[[")][-1]
