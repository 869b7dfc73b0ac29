"""The exact formula with relu and abs, whose gradients at 0 are 0: a real logit of 0 teaches nothing.

breaks: "It is as exact"
fails: test_real_and_fake_count_alike
"""

import tensorflow as tf


def exact(z):
    return tf.reduce_mean(tf.nn.relu(z) + tf.math.log1p(tf.exp(-tf.abs(z))))


def generator_loss(fake_logits):
    return tf.reduce_mean(tf.nn.softplus(-fake_logits))


def discriminator_loss(real_logits, fake_logits):
    return exact(-real_logits) + exact(fake_logits)
