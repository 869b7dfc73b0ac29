"""Draws one number for each image, and repeats it along the row.

breaks: "Each step draws one new batch of noise, from the standard normal distribution"
fails: test_the_noise_is_normal
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
        self.g_learns = list(self.generator.trainable_weights)
        self.d_learns = list(self.discriminator.trainable_weights)
        if self.g_learns:
            g_optimizer.build(self.g_learns)
        if self.d_learns:
            d_optimizer.build(self.d_learns)

    @property
    def metrics(self):
        return [self.g_mean, self.d_mean]

    def call(self, noise, training=False):
        return self.generator(noise, training=training)

    def train_step(self, real):
        rows = tf.shape(real)[0]
        noise = tf.repeat(tf.random.normal([rows, 1]), self.noise_dim, axis=1)
        with tf.GradientTape(persistent=True) as tape:
            fakes = self.generator(noise, training=True)
            fake_logits = self.discriminator(fakes, training=True)
            real_logits = self.discriminator(real, training=True)
            g_cost = self.g_loss(fake_logits) + sum(self.generator.losses)
            d_cost = self.d_loss(real_logits, fake_logits) + sum(self.discriminator.losses)
        g_gradients = tape.gradient(g_cost, self.g_learns)
        d_gradients = tape.gradient(d_cost, self.d_learns)
        if self.g_learns:
            self.g_optimizer.apply(g_gradients, self.g_learns)
        if self.d_learns:
            self.d_optimizer.apply(d_gradients, self.d_learns)
        self.g_mean.update_state(g_cost, sample_weight=rows)
        self.d_mean.update_state(d_cost, sample_weight=rows)
        return {metric.name: metric.result() for metric in self.metrics}
