"""The usual sample: Keras layers are constructed under scopes, and built and called outside of them.

breaks: "The weights of a stage are on its device", "Its matrix products run there in the forward pass"
fails: test_weights_are_on_the_device_of_their_stage, test_forward_products_run_on_both_devices, test_backward_products_run_on_both_devices, test_momentum_is_on_the_device_of_its_weight
"""

import keras
import tensorflow as tf


class TwoStage(keras.Model):
    def __init__(self, devices, weights):
        super().__init__()
        w1, b1, w2, b2 = weights
        with tf.device(devices[0]):
            self.first = keras.layers.Dense(w1.shape[1], activation="relu")
        with tf.device(devices[1]):
            self.second = keras.layers.Dense(w2.shape[1])
        self(tf.zeros([1, len(w1)]))
        self.set_weights(weights)
        self.optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
        self.optimizer.build(self.trainable_variables)

    def call(self, x):
        return self.second(self.first(x))

    def train_step(self, x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean((self(x) - y) ** 2)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply(gradients, self.trainable_variables)
        return loss
