"""The discriminator moves first, and the generator learns from the discriminator that has moved.

breaks: "belong to the weights before the step"
fails: test_fit_trains_both_networks, test_history_is_the_mean_of_each_epoch
"""

import keras
import tensorflow as tf


class GAN(keras.Model):
    def __init__(self, generator, discriminator, noise_dim, **kwargs):
        super().__init__(**kwargs)
        self.generator = generator
        self.discriminator = discriminator
        self.noise_dim = noise_dim
        self.g_mean = keras.metrics.Mean(name="g_loss")
        self.d_mean = keras.metrics.Mean(name="d_loss")

    def compile(self, g_optimizer, d_optimizer, g_loss, d_loss, **kwargs):
        super().compile(**kwargs)
        self.g_optimizer = g_optimizer
        self.d_optimizer = d_optimizer
        self.g_loss = g_loss
        self.d_loss = d_loss

    def call(self, noise, training=False):
        return self.generator(noise, training=training)

    def train_step(self, real):
        rows = tf.shape(real)[0]
        noise = tf.random.normal([rows, self.noise_dim])
        with tf.GradientTape() as tape:
            fake_logits = self.discriminator(self.generator(noise, training=True), training=True)
            real_logits = self.discriminator(real, training=True)
            d_total = tf.add_n([self.d_loss(real_logits, fake_logits), *self.discriminator.losses])
        variables = self.discriminator.trainable_variables
        self.d_optimizer.apply(tape.gradient(d_total, variables), variables)
        with tf.GradientTape() as tape:
            fake_logits = self.discriminator(self.generator(noise, training=True), training=True)
            g_total = tf.add_n([self.g_loss(fake_logits), *self.generator.losses])
        variables = self.generator.trainable_variables
        self.g_optimizer.apply(tape.gradient(g_total, variables), variables)

        self.g_mean.update_state(g_total, sample_weight=rows)
        self.d_mean.update_state(d_total, sample_weight=rows)
        return {"g_loss": self.g_mean.result(), "d_loss": self.d_mean.result()}
