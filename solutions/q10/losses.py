"""The two losses of a GAN: what each network would like the discriminator to say."""

import keras
import tensorflow as tf

cross_entropy = keras.losses.BinaryCrossentropy(from_logits=True)


def generator_loss(fake_logits: tf.Tensor) -> tf.Tensor:
    return cross_entropy(tf.ones_like(fake_logits), fake_logits)


def discriminator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    real = cross_entropy(tf.ones_like(real_logits), real_logits)
    fake = cross_entropy(tf.zeros_like(fake_logits), fake_logits)
    return real + fake
