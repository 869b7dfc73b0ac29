"""The step in train_step, and a mean for each loss: the plain way, as Keras documents it."""

import keras
import tensorflow as tf


class GAN(keras.Model):
    def __init__(self, generator, discriminator, noise_dim):
        super().__init__()
        self.generator = generator
        self.discriminator = discriminator
        self.noise_dim = noise_dim
        self.means = [keras.metrics.Mean(name="g_loss"), keras.metrics.Mean(name="d_loss")]

    def compile(self, g_optimizer, d_optimizer, g_loss, d_loss, jit_compile=False):
        super().compile()
        self.g_optimizer, self.d_optimizer = g_optimizer, d_optimizer
        self.g_loss, self.d_loss = g_loss, d_loss

    @property
    def metrics(self):
        return self.means

    def call(self, noise):
        return self.generator(noise)

    def train_step(self, real):
        noise = tf.random.normal([tf.shape(real)[0], self.noise_dim])
        with tf.GradientTape(persistent=True) as tape:
            fake_logits = self.discriminator(self.generator(noise, training=True), training=True)
            real_logits = self.discriminator(real, training=True)
            losses = self.g_loss(fake_logits), self.d_loss(real_logits, fake_logits)
        g_weights = self.generator.trainable_weights
        d_weights = self.discriminator.trainable_weights
        g_gradients = tape.gradient(losses[0], g_weights)
        d_gradients = tape.gradient(losses[1], d_weights)
        self.g_optimizer.apply_gradients(zip(g_gradients, g_weights))
        self.d_optimizer.apply_gradients(zip(d_gradients, d_weights))
        for mean, loss in zip(self.means, losses):
            mean.update_state(loss)
        return {mean.name: mean.result() for mean in self.means}
