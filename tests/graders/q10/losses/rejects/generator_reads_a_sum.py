"""A sum in place of a mean, for the generator: its gradient grows with the batch.

breaks: "The loss is the mean over all logits"
fails: test_large_logits_are_exact, test_the_generator_wants_to_be_believed
"""

import tensorflow as tf


def generator_loss(fake_logits):
    return tf.reduce_sum(tf.nn.softplus(-fake_logits))


def discriminator_loss(real_logits, fake_logits):
    return tf.reduce_mean(tf.nn.softplus(-real_logits)) + tf.reduce_mean(
        tf.nn.softplus(fake_logits)
    )
