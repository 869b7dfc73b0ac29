"""The two losses of a GAN: what each network would like the discriminator to say."""

import tensorflow as tf


def generator_loss(fake_logits: tf.Tensor) -> tf.Tensor:
    """How far the generator is from being believed: the non-saturating loss.

    It is the cross-entropy between what the discriminator says about the fakes and the answer
    that the generator wishes for: "real". With p = sigmoid(logit), that is -log(p), and the mean
    of it over all logits.

    Args:
        fake_logits: what the discriminator says about fakes. A float32 tensor of any shape but
            [], with one logit for each image, or several for one that judges patches. Any size
            of logit is possible: loss and gradient are exact for -1000.0 as for 0.5.

    Returns:
        A float32 scalar.
    """
    raise NotImplementedError


def discriminator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """How far the discriminator is from telling real images and fakes apart.

    It is the sum of two means: of -log(p) over all real logits and of -log(1 - p) over all fake
    logits. Each kind of image counts as much as the other, however many there are of it.

    Args:
        real_logits: what the discriminator says about real images; see `generator_loss`.
        fake_logits: what it says about fakes. There may be more or fewer of them.

    Returns:
        A float32 scalar.
    """
    raise NotImplementedError
