"""The networks are kept in the module, and the step looks them up when it is traced: the latest pair.

breaks: "Several pairs of networks"
fails: test_every_pair_has_its_own_step
"""

import tensorflow as tf

players = {}


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    players.update(generator=generator, discriminator=discriminator)

    @tf.function
    def step(real, noise):
        generator, discriminator = players["generator"], players["discriminator"]
        with tf.GradientTape(persistent=True) as tape:
            of_fakes = discriminator(generator(noise, training=True), training=True)
            of_real = discriminator(real, training=True)
            g_total = tf.add_n([g_loss(of_fakes), *generator.losses])
            d_total = tf.add_n([d_loss(of_real, of_fakes), *discriminator.losses])
        g_weights, d_weights = generator.trainable_weights, discriminator.trainable_weights
        g_gradients = tape.gradient(g_total, g_weights)
        d_gradients = tape.gradient(d_total, d_weights)
        g_optimizer.apply(g_gradients, g_weights)
        d_optimizer.apply(d_gradients, d_weights)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
