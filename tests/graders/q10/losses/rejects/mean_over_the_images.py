"""The sum is divided by the number of images, not of logits.

breaks: "as free as for"
fails: test_logits_of_any_rank
"""

import tensorflow as tf


def per_image(losses):
    return tf.reduce_sum(losses) / tf.cast(tf.shape(losses)[0], losses.dtype)


def generator_loss(fake_logits):
    return per_image(tf.nn.softplus(-fake_logits))


def discriminator_loss(real_logits, fake_logits):
    return per_image(tf.nn.softplus(-real_logits)) + per_image(tf.nn.softplus(fake_logits))
