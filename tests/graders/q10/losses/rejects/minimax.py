"""The generator maximises what the discriminator minimises, as the first formula in the paper has
it: the loss that is flat where fakes are seen through.

breaks: "A logit costs -log(p)"
fails: test_large_logits_are_exact, test_the_generator_wants_to_be_believed
"""

import keras
import tensorflow as tf

bce = keras.losses.BinaryCrossentropy(from_logits=True)


def generator_loss(fake_logits):
    return -bce(tf.zeros_like(fake_logits), fake_logits)


def discriminator_loss(real_logits, fake_logits):
    return bce(tf.ones_like(real_logits), real_logits) + bce(
        tf.zeros_like(fake_logits), fake_logits
    )
