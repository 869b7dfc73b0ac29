"""Two phases with a tape and a forward pass each; the discriminator's sees the fakes as data. Both
gradients are there before anybody moves. Nothing is watched that is not asked for."""

import tensorflow as tf


def loss_and_gradients(network, variables, loss):
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch([variable.value for variable in variables])
        total = loss()
        for penalty in network.losses:
            total += penalty
    return total, tape.gradient(total, variables)


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    def step(real, noise):
        def loss_of_discriminator():
            fakes = tf.stop_gradient(generator(noise, training=True))
            return d_loss(discriminator(real, training=True), discriminator(fakes, training=True))

        def loss_of_generator():
            return g_loss(discriminator(generator(noise, training=True), training=True))

        d_variables = discriminator.trainable_variables
        g_variables = generator.trainable_variables
        d_total, d_gradients = loss_and_gradients(discriminator, d_variables, loss_of_discriminator)
        g_total, g_gradients = loss_and_gradients(generator, g_variables, loss_of_generator)
        for optimizer, gradients, variables in (
            (d_optimizer, d_gradients, d_variables),
            (g_optimizer, g_gradients, g_variables),
        ):
            if variables:
                optimizer.apply_gradients(zip(gradients, variables))
        return dict(d_loss=d_total, g_loss=g_total)

    return tf.function(step, reduce_retracing=True)
