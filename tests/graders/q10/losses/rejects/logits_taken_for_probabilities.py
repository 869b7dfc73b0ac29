"""BinaryCrossentropy without from_logits=True: logits are read as probabilities.

breaks: "A logit costs -log(p)", "a fake one -log(1 - p)"
fails: test_the_generator_wants_to_be_believed, test_real_and_fake_count_alike, test_large_logits_are_exact
"""

import keras
import tensorflow as tf

bce = keras.losses.BinaryCrossentropy()


def generator_loss(fake_logits):
    return bce(tf.ones_like(fake_logits), fake_logits)


def discriminator_loss(real_logits, fake_logits):
    return bce(tf.ones_like(real_logits), real_logits) + bce(
        tf.zeros_like(fake_logits), fake_logits
    )
