"""The text files that the server reads, as protobuf messages.

The package `tensorflow-serving-api` has ModelServerConfig, and leaves out two more that are
configured by a file. They are built here from their public definitions:
tensorflow_serving/config/monitoring_config.proto and
tensorflow_serving/servables/tensorflow/session_bundle_config.proto.
"""

from __future__ import annotations

from typing import Any

from google.protobuf import (
    descriptor_pb2,
    descriptor_pool,
    message_factory,
    text_format,
    wrappers_pb2,
)
from tensorflow_serving.config.model_server_config_pb2 import ModelServerConfig

from lab.serving.errors import invalid

FIELD = descriptor_pb2.FieldDescriptorProto
PACKAGE = "tensorflow.serving"
SCALARS = {"int64": FIELD.TYPE_INT64, "bool": FIELD.TYPE_BOOL, "string": FIELD.TYPE_STRING}
FIELDS = {
    "BatchingParameters": {
        "max_batch_size": (1, "google.protobuf.Int64Value"),
        "batch_timeout_micros": (2, "google.protobuf.Int64Value"),
        "max_enqueued_batches": (3, "google.protobuf.Int64Value"),
        "num_batch_threads": (4, "google.protobuf.Int64Value"),
        "thread_pool_name": (5, "google.protobuf.StringValue"),
        "allowed_batch_sizes": (6, "repeated int64"),
        "pad_variable_length_inputs": (7, "bool"),
        "enable_large_batch_splitting": (8, "google.protobuf.BoolValue"),
        "max_execution_batch_size": (9, "google.protobuf.Int64Value"),
    },
    "PrometheusConfig": {"enable": (1, "bool"), "path": (2, "string")},
    "MonitoringConfig": {"prometheus_config": (1, f"{PACKAGE}.PrometheusConfig")},
}


def build() -> list[Any]:
    """The classes of the messages, in a pool of their own that clashes with no other one."""
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(wrappers_pb2.DESCRIPTOR.serialized_pb)
    file = descriptor_pb2.FileDescriptorProto(
        name="lab/serving.proto",
        package=PACKAGE,
        syntax="proto3",
        dependency=[wrappers_pb2.DESCRIPTOR.name],
    )
    for name, fields in FIELDS.items():
        message = file.message_type.add(name=name)
        for field, (number, kind) in fields.items():
            described = message.field.add(name=field, number=number)
            described.label = FIELD.LABEL_REPEATED if " " in kind else FIELD.LABEL_OPTIONAL
            kind = kind.removeprefix("repeated ")
            if kind in SCALARS:
                described.type = SCALARS[kind]
            else:
                described.type, described.type_name = FIELD.TYPE_MESSAGE, f".{kind}"
    pool.AddSerializedFile(file.SerializeToString())
    find = pool.FindMessageTypeByName
    return [message_factory.GetMessageClass(find(f"{PACKAGE}.{name}")) for name in FIELDS]


BatchingParameters, PrometheusConfig, MonitoringConfig = build()


def read(text: str, kind: Any) -> Any:
    """A text file as a message.

    Raises:
        RefusedError: INVALID_ARGUMENT, if the text is none of that kind, with what is wrong where.
    """
    try:
        return text_format.Parse(text, kind())
    except text_format.ParseError as error:
        raise invalid(f"Invalid protobuf file for {kind.DESCRIPTOR.name}: {error}") from None


__all__ = ["BatchingParameters", "ModelServerConfig", "MonitoringConfig", "read"]
