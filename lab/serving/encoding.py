"""Arrays as TensorProto, as the server writes them: each value in a field of its own.

Source: tensorflow/core/framework/tensor.cc (AsProtoField). `tf.make_tensor_proto` packs them into
`tensor_content` instead, and a client that reads `float_val`, as the public examples do, finds
nothing there.
"""

from __future__ import annotations

import numpy as np
import tensorflow as tf
from tensorflow.core.framework.tensor_pb2 import TensorProto

FIELDS = {
    tf.float32: "float_val",
    tf.float64: "double_val",
    **dict.fromkeys([tf.int32, tf.int16, tf.int8, tf.uint16, tf.uint8], "int_val"),
    tf.int64: "int64_val",
    tf.uint32: "uint32_val",
    tf.uint64: "uint64_val",
    tf.bool: "bool_val",
    tf.string: "string_val",
    **dict.fromkeys([tf.float16, tf.bfloat16], "half_val"),
    tf.complex64: "scomplex_val",
    tf.complex128: "dcomplex_val",
}


def encoded(array: np.ndarray) -> TensorProto:
    dtype, flat, proto = tf.as_dtype(array.dtype), array.ravel(), empty(array)
    if FIELDS[dtype] == "half_val":
        flat = flat.view(np.uint16)
    elif dtype.is_complex:
        flat = flat.view(dtype.real_dtype.as_numpy_dtype)
    getattr(proto, FIELDS[dtype]).extend(flat.tolist())
    return proto


def packed(array: np.ndarray) -> TensorProto:
    """All values in `tensor_content`; strings as above."""
    if array.dtype == object:
        return encoded(array)
    proto = empty(array)
    proto.tensor_content = array.tobytes()
    return proto


def empty(array: np.ndarray) -> TensorProto:
    proto = TensorProto(dtype=tf.as_dtype(array.dtype).as_datatype_enum)
    for size in array.shape:
        proto.tensor_shape.dim.add(size=size)
    return proto
