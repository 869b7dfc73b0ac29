"""Both cross-entropies as the softplus that they are."""

import tensorflow as tf


def generator_loss(fake_logits):
    return tf.reduce_mean(tf.nn.softplus(-fake_logits))


def discriminator_loss(real_logits, fake_logits):
    return generator_loss(real_logits) + tf.reduce_mean(tf.nn.softplus(fake_logits))
