"""TensorFlow's own cross-entropy, element by element, over flat logits."""

import tensorflow as tf


def mean_entropy(logits, label):
    logits = tf.reshape(logits, [-1])
    labels = tf.fill(tf.shape(logits), label)
    each = tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits)
    return tf.reduce_sum(each) / tf.cast(tf.size(each), each.dtype)


def generator_loss(fake_logits):
    return mean_entropy(fake_logits, 1.0)


def discriminator_loss(real_logits, fake_logits):
    return mean_entropy(real_logits, 1.0) + mean_entropy(fake_logits, 0.0)
