"""The formulas as they are written: right as long as no logarithm meets a 0."""

import tensorflow as tf


def generator_loss(fake_logits):
    return -tf.reduce_mean(tf.math.log(tf.sigmoid(fake_logits)))


def discriminator_loss(real_logits, fake_logits):
    real = tf.math.log(tf.sigmoid(real_logits))
    fake = tf.math.log(1.0 - tf.sigmoid(fake_logits))
    return -(tf.reduce_mean(real) + tf.reduce_mean(fake))
