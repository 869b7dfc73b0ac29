"""A Keras model of layers, which get their weights by set_weights."""

import keras
import tensorflow as tf


class FraudScorer(keras.Model):
    def __init__(self, prefix):
        super().__init__()
        read = tf.train.load_checkpoint(prefix).get_tensor
        features, hidden = read("hidden/kernel").shape
        self.mean = self.add_weight(shape=[features], trainable=False)
        self.scale = self.add_weight(shape=[features], trainable=False)
        self.mean.assign(read("scaler/mean"))
        self.scale.assign(read("scaler/scale"))
        self.hidden = keras.layers.Dense(hidden, activation="relu")
        self.out = keras.layers.Dense(1, activation="sigmoid")
        self.hidden.build([None, features])
        self.out.build([None, hidden])
        for name, layer in (("hidden", self.hidden), ("out", self.out)):
            layer.set_weights([read(f"{name}/kernel"), read(f"{name}/bias")])
        self.built = True

    def call(self, x):
        x = keras.ops.cast(x, "float32")
        return self.out(self.hidden((x - self.mean) / self.scale))

    def __call__(self, x):
        return super().__call__(tf.cast(x, tf.float32))
