"""Real and fake logits are added in pairs before the mean, as if there were equally many.

breaks: "There may be more logits of one kind than of the other"
fails: test_real_and_fake_count_alike
"""

import tensorflow as tf


def generator_loss(fake_logits):
    return tf.reduce_mean(tf.nn.softplus(-fake_logits))


def discriminator_loss(real_logits, fake_logits):
    return tf.reduce_mean(tf.nn.softplus(-real_logits) + tf.nn.softplus(fake_logits))
