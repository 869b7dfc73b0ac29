"""A metric class of its own, one tape for both, noise of a SeedGenerator; the generator's optimizer
is the one that Keras knows."""

import keras
import tensorflow as tf


class MeanOfTheEpoch(keras.metrics.Metric):
    def __init__(self, name):
        super().__init__(name=name)
        self.total = self.add_weight(name="total", initializer="zeros")
        self.rows = self.add_weight(name="rows", initializer="zeros")

    def update_state(self, loss, rows):
        self.total.assign_add(loss * rows)
        self.rows.assign_add(rows)

    def result(self):
        return self.total / self.rows


class GAN(keras.Model):
    def __init__(self, generator, discriminator, noise_dim, **kwargs):
        super().__init__(**kwargs)
        self.networks = [generator, discriminator]
        self.seeds = keras.random.SeedGenerator(12345)
        self.noise_dim = noise_dim

    def compile(self, g_optimizer, d_optimizer, g_loss, d_loss, **kwargs):
        super().compile(optimizer=g_optimizer, **kwargs)
        self.d_optimizer = d_optimizer
        self.two_losses = g_loss, d_loss
        self.means = [MeanOfTheEpoch("g_loss"), MeanOfTheEpoch("d_loss")]

    @property
    def metrics(self):
        return list(self.means)

    def call(self, noise, training=False):
        return self.networks[0](noise, training=training)

    def train_step(self, real):
        g, d = self.networks
        rows = keras.ops.shape(real)[0]
        noise = keras.random.normal([rows, self.noise_dim], seed=self.seeds)
        with tf.GradientTape(persistent=True) as tape:
            fake_logits = d(g(noise, training=True), training=True)
            real_logits = d(real, training=True)
            g_total = self.two_losses[0](fake_logits) + sum(g.losses)
            d_total = self.two_losses[1](real_logits, fake_logits) + sum(d.losses)
        g_gradients = tape.gradient(g_total, g.trainable_variables)
        d_gradients = tape.gradient(d_total, d.trainable_variables)
        self.optimizer.apply(g_gradients, g.trainable_variables)
        self.d_optimizer.apply(d_gradients, d.trainable_variables)
        for mean, total in zip(self.means, (g_total, d_total), strict=True):
            mean.update_state(total, keras.ops.cast(rows, "float32"))
        return {mean.name: mean.result() for mean in self.means}
