"""Generator and discriminator are stacked and trained by the default step, as if one loss and one
optimizer could do.

breaks: "The generator moves by the gradient of `g_loss(fake_logits)`", "The discriminator moves by the gradient of"
fails: test_fit_trains_both_networks, test_both_networks_run_in_training_mode, test_history_is_the_mean_of_each_epoch, test_every_step_has_noise_of_its_own, test_the_noise_is_normal, test_fit_compiles_the_step, test_a_small_last_batch_counts_less, test_penalties_belong_to_their_network, test_what_is_frozen_does_not_move, test_other_arguments_of_compile, test_called_it_generates
"""

import keras
import tensorflow as tf


class GAN(keras.Model):
    def __init__(self, generator, discriminator, noise_dim, **kwargs):
        super().__init__(**kwargs)
        self.generator, self.discriminator = generator, discriminator

    def compile(self, g_optimizer, d_optimizer, g_loss, d_loss, **kwargs):
        super().compile(g_optimizer, "binary_crossentropy", **kwargs)

    def call(self, noise, training=False):
        return self.discriminator(self.generator(noise, training=training), training=training)
