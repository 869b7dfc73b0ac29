"""The losses are computed again when both networks have moved, and these are reported.

breaks: "Losses and gradients belong to the weights before the step"
fails: test_history_is_the_mean_of_each_epoch, test_penalties_belong_to_their_network
"""

import keras
import tensorflow as tf


class GAN(keras.Model):
    def __init__(self, generator, discriminator, noise_dim, **kwargs):
        super().__init__(**kwargs)
        self.generator, self.discriminator = generator, discriminator
        self.noise_dim = noise_dim
        self.g_mean = keras.metrics.Mean(name="g_loss")
        self.d_mean = keras.metrics.Mean(name="d_loss")

    def compile(self, g_optimizer, d_optimizer, g_loss, d_loss, **kwargs):
        super().compile(**kwargs)
        self.g_optimizer, self.d_optimizer = g_optimizer, d_optimizer
        self.g_loss, self.d_loss = g_loss, d_loss

    def call(self, noise, training=False):
        return self.generator(noise, training=training)

    def train_step(self, real):
        rows = tf.shape(real)[0]
        noise = tf.random.normal([rows, self.noise_dim])
        with tf.GradientTape(persistent=True) as tape:
            g_total, d_total = self.losses_of(real, noise)
        g_weights = self.generator.trainable_weights
        d_weights = self.discriminator.trainable_weights
        g_gradients = tape.gradient(g_total, g_weights)
        d_gradients = tape.gradient(d_total, d_weights)
        self.g_optimizer.apply(g_gradients, g_weights)
        self.d_optimizer.apply(d_gradients, d_weights)
        g_total, d_total = self.losses_of(real, noise)
        self.g_mean.update_state(g_total, sample_weight=rows)
        self.d_mean.update_state(d_total, sample_weight=rows)
        return {"g_loss": self.g_mean.result(), "d_loss": self.d_mean.result()}

    def losses_of(self, real, noise):
        of_fakes = self.discriminator(self.generator(noise, training=True), training=True)
        of_real = self.discriminator(real, training=True)
        g_total = tf.add_n([self.g_loss(of_fakes), *self.generator.losses])
        d_total = tf.add_n([self.d_loss(of_real, of_fakes), *self.discriminator.losses])
        return g_total, d_total
