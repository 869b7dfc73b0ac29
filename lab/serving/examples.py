"""Classify, Regress and MultiInference: signatures that take serialized Examples.

Source: servables/tensorflow/classifier.cc, regressor.cc, multi_inference.cc, and util.cc for how an
Input becomes a tensor of strings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import grpc
import numpy as np
from tensorflow_serving.apis.classification_pb2 import ClassificationRequest, ClassificationResult
from tensorflow_serving.apis.inference_pb2 import InferenceResult, MultiInferenceRequest
from tensorflow_serving.apis.input_pb2 import Input
from tensorflow_serving.apis.regression_pb2 import RegressionRequest, RegressionResult

from lab.serving.encoding import encoded
from lab.serving.errors import RefusedError, invalid
from lab.serving.runtime import Session

CLASSIFY, REGRESS = "tensorflow/serving/classify", "tensorflow/serving/regress"
SIDES = {CLASSIFY: ({"classes", "scores"}, "classification"), REGRESS: ({"outputs"}, "regression")}
Outputs = Mapping[str, np.ndarray]  # by name of the output in a signature


def classify(
    session: Session, request: ClassificationRequest, seconds: float | None = None
) -> ClassificationResult:
    """Labels and scores of each Example.

    Raises:
        RefusedError: INVALID_ARGUMENT for a signature that does not classify, or an empty input;
            else what the runtime says.
    """
    signature = signature_of(session, request.model_spec.signature_name, CLASSIFY)
    return classes(*outputs_of(session, signature, request.input, seconds))


def regress(
    session: Session, request: RegressionRequest, seconds: float | None = None
) -> RegressionResult:
    """The value of each Example; it raises as `classify` does."""
    signature = signature_of(session, request.model_spec.signature_name, REGRESS)
    return values(*outputs_of(session, signature, request.input, seconds))


def infer(
    session: Session, request: MultiInferenceRequest, seconds: float | None = None
) -> list[InferenceResult]:
    """Several signatures of one model on the same Examples.

    Raises:
        RefusedError: as above, and INVALID_ARGUMENT for tasks that are no set of one model's.
    """
    if len({task.model_spec.name for task in request.tasks}) > 1:
        message = "All ModelSpecs in a MultiInferenceRequest must access the same model name."
        raise invalid(message)
    seen, results = set[str](), []
    for task in request.tasks:
        name, method = task.model_spec.signature_name or "serving_default", task.method_name
        if name in seen:
            raise invalid(f"Duplicate evaluation of signature: {name}")
        if method not in SIDES:
            message = f"Unsupported signature method_name: {method}"
            raise RefusedError(grpc.StatusCode.UNIMPLEMENTED, message)
        seen.add(name)
        signature = signature_of(session, name, method)
        outputs = outputs_of(session, signature, request.input, seconds)
        result = InferenceResult(model_spec=task.model_spec)
        if method == CLASSIFY:
            result.classification_result.CopyFrom(classes(*outputs))
        else:
            result.regression_result.CopyFrom(values(*outputs))
        results.append(result)
    return results


def signature_of(session: Session, name: str, method: str) -> Any:
    """A signature that has one input, "inputs", and the outputs of its method.

    That it names this method is not asked for, unless a flag says so.
    """
    name, (outputs, kind) = name or "serving_default", SIDES[method]
    if name not in session.signatures:
        raise invalid(f"No signature was found with the name: {name}")
    signature = session.signatures[name]
    if len(signature.inputs) != 1:
        raise invalid("Expected one input Tensor.")
    if not 1 <= len(signature.outputs) <= len(outputs):
        number = "one or two output Tensors" if method == CLASSIFY else "one output Tensor"
        raise invalid(f"Expected {number}, found {len(signature.outputs)}")
    if "inputs" not in signature.inputs:
        raise invalid(f"No {kind} inputs found in SignatureDef")
    if not outputs & set(signature.outputs):
        wanted = " or ".join(f'"{name}"' for name in sorted(outputs))
        raise invalid(f"Expected {kind} signature outputs to contain {wanted}")
    return signature


def outputs_of(
    session: Session, signature: Any, sent: Input, seconds: float | None
) -> tuple[Outputs, int]:
    """The outputs, by name, and how many Examples they are for."""
    rows = serialized(sent)
    names = sorted(signature.outputs)
    feeds = {signature.inputs["inputs"].name: encoded(rows)}
    fetches = [signature.outputs[name].name for name in names]
    return dict(zip(names, session.run(feeds, fetches, seconds), strict=True)), len(rows)


def serialized(sent: Input) -> np.ndarray:
    """Examples as strings, each behind the context; whoever parses them merges the two."""
    if sent.WhichOneof("kind") == "example_list_with_context":
        context = sent.example_list_with_context.context.SerializeToString()
        rows = [context + e.SerializeToString() for e in sent.example_list_with_context.examples]
    else:
        rows = [example.SerializeToString() for example in sent.example_list.examples]
    if not rows:
        raise invalid("Input is empty.")
    return np.array(rows, dtype=object)


def classes(outputs: Outputs, count: int) -> ClassificationResult:
    for name, kind, said in (("classes", "O", "DT_STRING"), ("scores", "f", "DT_FLOAT")):
        array = outputs.get(name)
        if array is None:
            continue
        if array.ndim != 2:
            shape = list(array.shape)
            raise invalid(f"Expected Tensor shape: [batch_size num_classes] but got {shape}")
        if array.dtype.kind != kind or (kind == "f" and array.dtype != np.float32):
            raise invalid(f"Expected {name} Tensor of {said}. Got: {array.dtype.name}")
        if len(array) != count:
            raise invalid(f"Expected {name} output batch size of {count}. Got: {len(array)}")
    widths = {array.shape[1] for array in outputs.values()}
    if len(widths) != 1:
        raise invalid("Tensors class and score should match in dim_size(1).")
    result, labels, scores = ClassificationResult(), outputs.get("classes"), outputs.get("scores")
    for row in range(count):
        one = result.classifications.add()
        for column in range(min(widths)):
            found = one.classes.add()
            if labels is not None:
                found.label = labels[row, column].decode(errors="replace")
            if scores is not None:
                found.score = scores[row, column]
    return result


def values(outputs: Outputs, count: int) -> RegressionResult:
    array = outputs["outputs"]
    if not (array.ndim == 1 or (array.ndim == 2 and array.shape[1] == 1)):
        shape = list(array.shape)
        raise invalid(
            f"Expected output Tensor shape to be either [batch_size] or [batch_size, 1] but got "
            f"{shape}"
        )
    if len(array) != count:
        raise invalid(f"Input batch size did not match output batch size: {count} vs. {len(array)}")
    if array.dtype != np.float32:
        raise invalid(f"Expected output Tensor of DT_FLOAT.  Got: {array.dtype.name}")
    result = RegressionResult()
    for value in array.ravel().tolist():
        result.regressions.add(value=value)
    return result
