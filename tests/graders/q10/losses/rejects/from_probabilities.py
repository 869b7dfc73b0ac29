"""The logits become probabilities first, and the cross-entropy of Keras clips them.

breaks: "exact for logits of any size"
fails: test_large_logits_are_exact
"""

import keras
import tensorflow as tf

bce = keras.losses.BinaryCrossentropy()


def generator_loss(fake_logits):
    return bce(tf.ones_like(fake_logits), tf.math.sigmoid(fake_logits))


def discriminator_loss(real_logits, fake_logits):
    real = bce(tf.ones_like(real_logits), tf.math.sigmoid(real_logits))
    return real + bce(tf.zeros_like(fake_logits), tf.math.sigmoid(fake_logits))
