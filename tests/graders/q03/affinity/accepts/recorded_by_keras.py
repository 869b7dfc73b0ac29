"""get_config is Keras's own: it remembers the arguments of the constructor."""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="recorded")
class Affinity(keras.layers.Layer):
    def __init__(self, num_users, num_products, embedding_dim, **kwargs):
        super().__init__(**kwargs)
        self.shapes = [(num_users, embedding_dim), (num_products, embedding_dim)]

    def build(self, input_shape):
        self.u, self.p = (self.add_weight(shape=s, initializer="uniform") for s in self.shapes)

    def call(self, inputs):
        u, p = tf.gather(self.u, inputs[0]), tf.gather(self.p, inputs[1])
        return 1.0 / (1.0 + tf.exp(-tf.einsum("...i,...i->...", u, p)))
