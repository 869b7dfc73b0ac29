"""The discriminator is switched off for the generator's gradient, and every switch is put back.

Meanwhile, a batch normalization in it would run as at inference.

breaks: "The step sets no `trainable`"
fails: test_no_switch_is_set
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        with tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
        d_variables = list(discriminator.trainable_variables)
        d_gradients = d_tape.gradient(d_total, d_variables)

        layers = discriminator._flatten_layers()
        switches = [(layer, layer.trainable) for layer in layers]
        discriminator.trainable = False
        with tf.GradientTape() as g_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
        g_gradients = g_tape.gradient(g_total, generator.trainable_variables)
        for layer, switch in switches:
            layer.trainable = switch

        d_optimizer.apply(d_gradients, d_variables)
        g_optimizer.apply(g_gradients, generator.trainable_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
