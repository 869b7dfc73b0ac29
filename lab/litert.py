"""A camera: runs a .tflite file with LiteRT, and has nothing of TensorFlow or Keras.

The interpreter is the package ai-edge-litert, which is what runs on a device.
"""

from __future__ import annotations

import numpy as np
from ai_edge_litert.interpreter import Interpreter


class Camera:
    """A camera with one model, which has one input and one output.

    Attributes:
        input_dtype: of what the model takes, such as "int8".
        output_dtype: of what the model gives.
        input_range: the smallest and the largest number that the input can express.
        kinds: the dtypes of all tensors in the file: weights, and what is computed in between.
    """

    def __init__(self, content: bytes):
        self.interpreter = Interpreter(model_content=bytes(content))
        self.interpreter.allocate_tensors()
        (self.input,) = self.interpreter.get_input_details()
        (self.output,) = self.interpreter.get_output_details()
        self.input_dtype = np.dtype(self.input["dtype"]).name
        self.output_dtype = np.dtype(self.output["dtype"]).name
        tensors = self.interpreter.get_tensor_details()
        self.kinds = {np.dtype(tensor["dtype"]).name for tensor in tensors}
        scale, zero = self.input["quantization"]
        self.input_range = np.array([-np.inf, np.inf])
        if scale:
            limits = np.iinfo(self.input_dtype)
            self.input_range = (np.array([limits.min, limits.max]) - zero) * scale

    def __call__(self, frames: np.ndarray) -> np.ndarray:
        """The outputs for some frames, one after the other, as float32 numbers."""
        return np.concatenate([self.look(frame[np.newaxis]) for frame in frames])

    def look(self, frame: np.ndarray) -> np.ndarray:
        """The output for a batch of one; an integer model gets and gives integers."""
        scale, zero = self.input["quantization"]
        if scale:
            limits = np.iinfo(self.input_dtype)
            frame = np.clip(np.round(frame / scale + zero), limits.min, limits.max)
        self.interpreter.set_tensor(self.input["index"], frame.astype(self.input_dtype))
        self.interpreter.invoke()
        seen = self.interpreter.get_tensor(self.output["index"])
        scale, zero = self.output["quantization"]
        return (seen.astype("float32") - zero) * scale if scale else seen
