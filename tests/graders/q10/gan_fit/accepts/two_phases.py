"""Two phases with a tape each, the fakes made twice from the same noise; noise from a seeded
generator of Keras, sums and counts instead of means."""

import keras
import tensorflow as tf


class GAN(keras.Model):
    def __init__(self, generator, discriminator, noise_dim, **kwargs):
        super().__init__(**kwargs)
        self.generator, self.discriminator = generator, discriminator
        self.noise_dim = noise_dim
        self.seeds = keras.random.SeedGenerator(7)
        self.sums = {name: keras.metrics.Sum(name=f"{name}_sum") for name in ("d_loss", "g_loss")}
        self.examples = keras.metrics.Sum(name="examples")

    def compile(self, g_optimizer, d_optimizer, g_loss, d_loss, **kwargs):
        super().compile(optimizer=None, **kwargs)
        self.parts = (g_optimizer, d_optimizer), (g_loss, d_loss)

    def call(self, noise, training=False):
        return self.generator(noise, training=training)

    def train_step(self, real):
        (g_optimizer, d_optimizer), (g_loss, d_loss) = self.parts
        rows = tf.shape(real)[0]
        noise = keras.random.normal([rows, self.noise_dim], seed=self.seeds)
        with tf.GradientTape() as tape:
            fakes = tf.stop_gradient(self.generator(noise, training=True))
            fake_logits = self.discriminator(fakes, training=True)
            d_total = d_loss(self.discriminator(real, training=True), fake_logits)
            d_total += sum(self.discriminator.losses)
        d_gradients = tape.gradient(d_total, self.discriminator.trainable_variables)
        with tf.GradientTape() as tape:
            fake_logits = self.discriminator(self.generator(noise, training=True), training=True)
            g_total = g_loss(fake_logits) + sum(self.generator.losses)
        g_gradients = tape.gradient(g_total, self.generator.trainable_variables)
        d_optimizer.apply(d_gradients, self.discriminator.trainable_variables)
        g_optimizer.apply(g_gradients, self.generator.trainable_variables)
        weight = tf.cast(rows, tf.float32)
        self.examples.update_state(weight)
        self.sums["g_loss"].update_state(g_total * weight)
        self.sums["d_loss"].update_state(d_total * weight)
        return {name: s.result() / self.examples.result() for name, s in self.sums.items()}
