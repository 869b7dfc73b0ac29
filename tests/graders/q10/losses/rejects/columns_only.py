"""The logits are taken for a column: the first axis is averaged, and then the only number is read.

breaks: "any rank from 1 on", "as free as for"
fails: test_logits_of_any_rank
"""

import tensorflow as tf


def mean_of_column(losses):
    return tf.reduce_mean(losses, axis=0)[0]


def generator_loss(fake_logits):
    return mean_of_column(tf.nn.softplus(-fake_logits))


def discriminator_loss(real_logits, fake_logits):
    real = mean_of_column(tf.nn.softplus(-real_logits))
    return real + mean_of_column(tf.nn.softplus(fake_logits))
