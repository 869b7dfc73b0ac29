"""The hinge: right where an answer is very wrong, and without a gradient where it is just right.

breaks: "A logit costs -log(p)"
fails: test_the_generator_wants_to_be_believed
"""

import tensorflow as tf


def generator_loss(fake_logits):
    return tf.reduce_mean(tf.nn.relu(-fake_logits))


def discriminator_loss(real_logits, fake_logits):
    real, fake = tf.nn.softplus(-real_logits), tf.nn.softplus(fake_logits)
    return tf.reduce_mean(real) + tf.reduce_mean(fake)
