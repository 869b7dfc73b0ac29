"""The switches of the layers are looked at, and not those of layers within them.

breaks: "does not move, at whatever depth"
fails: test_frozen_layers_stay_frozen
"""

import tensorflow as tf


def unfrozen(network):
    return [weight for layer in network.layers if layer.trainable for weight in layer.weights]


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    g_variables, d_variables = unfrozen(generator), unfrozen(discriminator)

    @tf.function
    def step(real, noise):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
        g_optimizer.apply(g_tape.gradient(g_total, g_variables), g_variables)
        d_optimizer.apply(d_tape.gradient(d_total, d_variables), d_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
