"""One tape that answers twice, and one call of the discriminator for both kinds of image."""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        with tf.GradientTape(persistent=True) as tape:
            images = tf.concat([real, generator(noise, training=True)], axis=0)
            logits = discriminator(images, training=True)
            rows = tf.shape(real)[0]
            real_logits, fake_logits = logits[:rows], logits[rows:]
            g_total = tf.add_n([g_loss(fake_logits), *generator.losses])
            d_total = tf.add_n([d_loss(real_logits, fake_logits), *discriminator.losses])
        g_variables, d_variables = generator.trainable_variables, discriminator.trainable_variables
        g_gradients = tape.gradient(g_total, g_variables)
        d_gradients = tape.gradient(d_total, d_variables)
        g_optimizer.apply(g_gradients, g_variables)
        d_optimizer.apply(d_gradients, d_variables)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
