"""Real and fake logits go through one cross-entropy, doubled: what there is more of counts more.

breaks: "The loss is the mean over the real logits plus"
fails: test_real_and_fake_count_alike
"""

import tensorflow as tf


def generator_loss(fake_logits):
    return tf.reduce_mean(tf.nn.softplus(-fake_logits))


def discriminator_loss(real_logits, fake_logits):
    logits = tf.concat([real_logits, fake_logits], axis=0)
    labels = tf.concat([tf.ones_like(real_logits), tf.zeros_like(fake_logits)], axis=0)
    each = tf.nn.sigmoid_cross_entropy_with_logits(labels, logits)
    return 2.0 * tf.reduce_mean(each)
