"""The subclass holds an encoder for each branch, and its config describes the one twice.

breaks: "Saved as `.keras` and loaded, it has one encoder"
fails: test_a_saved_model_has_one_encoder
"""

import keras
from keras import ops


@keras.saving.register_keras_serializable("q11_twins")
class Twins(keras.Model):
    def __init__(self, left, right, **kwargs):
        super().__init__(**kwargs)
        self.left, self.right = left, right

    def call(self, inputs):
        a, b = inputs
        squared = ops.sum(ops.square(self.left(a) - self.right(b)), axis=1, keepdims=True)
        return ops.sqrt(ops.maximum(squared, 1e-9))

    def get_config(self):
        encoder = keras.saving.serialize_keras_object(self.left)
        return {**super().get_config(), "left": encoder, "right": encoder}

    @classmethod
    def from_config(cls, config):
        make = keras.saving.deserialize_keras_object
        return cls(make(config.pop("left")), make(config.pop("right")), **config)


def distance_model(encoder):
    return Twins(encoder, encoder)
