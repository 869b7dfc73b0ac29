"""tf.add_n adds up the penalties of a network that has none.

breaks: "part of its own loss"
fails: test_the_discriminator_learns_from_its_loss, test_the_generator_learns_from_its_loss, test_both_losses_are_returned, test_batches_of_other_sizes, test_both_networks_run_in_training_mode, test_the_step_is_compiled, test_every_pair_has_its_own_step, test_frozen_layers_stay_frozen, test_no_switch_is_set, test_one_network_may_be_frozen
"""

import tensorflow as tf


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    @tf.function
    def step(real, noise):
        with tf.GradientTape(persistent=True) as tape:
            fake_logits = discriminator(generator(noise, training=True), training=True)
            real_logits = discriminator(real, training=True)
            g_total = g_loss(fake_logits) + tf.add_n(generator.losses)
            d_total = d_loss(real_logits, fake_logits) + tf.add_n(discriminator.losses)
        for optimizer, network, total in (
            (g_optimizer, generator, g_total),
            (d_optimizer, discriminator, d_total),
        ):
            weights = network.trainable_weights
            optimizer.apply(tape.gradient(total, weights), weights)
        return {"g_loss": g_total, "d_loss": d_total}

    return step
