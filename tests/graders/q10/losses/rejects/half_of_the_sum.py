"""The discriminator's loss is the mean of the two means: half of the gradient.

breaks: "plus the mean over the fake ones"
fails: test_real_and_fake_count_alike, test_large_logits_are_exact
"""

import tensorflow as tf


def generator_loss(fake_logits):
    return tf.reduce_mean(tf.nn.softplus(-fake_logits))


def discriminator_loss(real_logits, fake_logits):
    real = tf.reduce_mean(tf.nn.softplus(-real_logits))
    return (real + tf.reduce_mean(tf.nn.softplus(fake_logits))) / 2.0
