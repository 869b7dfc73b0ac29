"""-log(p) by log_sigmoid, and 1 - sigmoid(x) as sigmoid(-x)."""

import tensorflow as tf


@tf.function
def generator_loss(fake_logits):
    return -tf.math.reduce_mean(tf.math.log_sigmoid(fake_logits))


@tf.function
def discriminator_loss(real_logits, fake_logits):
    real, fake = tf.math.log_sigmoid(real_logits), tf.math.log_sigmoid(-fake_logits)
    return -(tf.reduce_mean(real) + tf.reduce_mean(fake))
