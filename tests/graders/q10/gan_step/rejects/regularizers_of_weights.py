"""The weights' regularizers are applied by hand; a penalty that a layer adds is missed.

breaks: "part of its own loss"
fails: test_penalties_belong_to_their_network
"""

import tensorflow as tf


def penalties(network):
    regularized = [v for v in network.trainable_variables if v.regularizer is not None]
    return [v.regularizer(v) for v in regularized]


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    g_variables, d_variables = generator.trainable_variables, discriminator.trainable_variables

    @tf.function
    def step(real, noise):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(fake_logits), *penalties(generator)])
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *penalties(discriminator)])
        g_optimizer.apply(g_tape.gradient(g_total, g_variables), g_variables)
        d_optimizer.apply(d_tape.gradient(d_total, d_variables), d_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
