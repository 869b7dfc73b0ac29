"""An object with its own cache of concrete functions; the optimizers are built beforehand."""

import tensorflow as tf


class Step:
    def __init__(self, generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
        self.networks = generator, discriminator
        self.optimizers = g_optimizer, d_optimizer
        self.g_loss, self.d_loss = g_loss, d_loss
        self.variables = [list(network.trainable_weights) for network in self.networks]
        for optimizer, variables in zip(self.optimizers, self.variables, strict=True):
            if variables:
                optimizer.build(variables)
        self.functions = {}

    def __call__(self, real, noise):
        key = tuple(real.shape), tuple(noise.shape)
        if key not in self.functions:
            self.functions[key] = tf.function(self.body).get_concrete_function(real, noise)
        return self.functions[key](real, noise)

    def body(self, real, noise):
        generator, discriminator = self.networks
        with tf.GradientTape(persistent=True) as tape:
            fakes = generator(noise, training=True)
            real_logits = discriminator(real, training=True)
            fake_logits = discriminator(fakes, training=True)
            losses = [self.g_loss(fake_logits), self.d_loss(real_logits, fake_logits)]
            losses = [
                sum(network.losses, loss)
                for network, loss in zip(self.networks, losses, strict=True)
            ]
        gradients = [
            tape.gradient(loss, variables)
            for loss, variables in zip(losses, self.variables, strict=True)
        ]
        for optimizer, each, variables in zip(
            self.optimizers, gradients, self.variables, strict=True
        ):
            if variables:
                optimizer.apply_gradients(zip(each, variables, strict=True))
        return {"d_loss": losses[1], "g_loss": losses[0]}


def make_step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss):
    return Step(generator, discriminator, g_optimizer, d_optimizer, g_loss, d_loss)
