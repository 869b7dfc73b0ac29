"""log(1 - p), with a small number added against the infinity: exact for -log(p), which has a
function of its own, and clipped for fakes that are taken for real.

breaks: "as free as for", "exact for logits of any size"
fails: test_large_logits_are_exact
"""

import tensorflow as tf


def generator_loss(fake_logits):
    return -tf.reduce_mean(tf.math.log_sigmoid(fake_logits))


def discriminator_loss(real_logits, fake_logits):
    fake = -tf.math.log(1.0 - tf.math.sigmoid(fake_logits) + 1e-7)
    return -tf.reduce_mean(tf.math.log_sigmoid(real_logits)) + tf.reduce_mean(fake)
