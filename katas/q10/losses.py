"""The two losses of a GAN: what each network would like the discriminator to say.

The discriminator says a logit. Its sigmoid is p, the probability that an image is real.
"""

import tensorflow as tf


def generator_loss(fake_logits: tf.Tensor) -> tf.Tensor:
    """Measure how far the generator is from being believed.

    >>> round(float(generator_loss(tf.constant([[0.0], [-5.0]]))), 4)
    2.8499

    This is the non-saturating loss: small where fakes pass for real.

    - A logit costs -log(p).
    - The loss is the mean over all logits.

    Returns:
        A float32 scalar.

    Beyond the idea:
        - Loss and gradient are exact for logits of any size, such as -1000.0.
        - The logits may have any rank from 1 on.
    """
    raise NotImplementedError


def discriminator_loss(real_logits: tf.Tensor, fake_logits: tf.Tensor) -> tf.Tensor:
    """Measure how far the discriminator is from telling real images and fakes apart.

    >>> real, fake = tf.constant([[0.0]]), tf.constant([[0.0], [-5.0]])
    >>> round(float(discriminator_loss(real, fake)), 4)
    1.0431

    - A real logit costs -log(p), and a fake one -log(1 - p).
    - The loss is the mean over the real logits plus the mean over the fake ones.
    - There may be more logits of one kind than of the other.

    Returns:
        A float32 scalar.

    Beyond the idea:
        - It is as exact, and size and rank of the logits are as free as for `generator_loss`.
    """
    raise NotImplementedError
