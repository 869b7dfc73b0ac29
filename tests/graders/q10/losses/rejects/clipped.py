"""Logits are clipped, so that nothing can overflow, and nothing beyond is learned from.

breaks: "exact for logits of any size"
fails: test_large_logits_are_exact
"""

import tensorflow as tf


def minus_log_p(logits):
    return tf.reduce_mean(tf.nn.softplus(-tf.clip_by_value(logits, -1000.0, 1000.0)))


def generator_loss(fake_logits):
    return minus_log_p(fake_logits)


def discriminator_loss(real_logits, fake_logits):
    return minus_log_p(real_logits) + minus_log_p(-fake_logits)
