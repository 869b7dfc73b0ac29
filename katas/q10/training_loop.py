"""The loop around a step: what fit did without being asked."""

from collections.abc import Callable

import tensorflow as tf


def train(
    step: Callable[[tf.Tensor, tf.Tensor], dict[str, tf.Tensor]],
    dataset: tf.data.Dataset,
    epochs: int,
    noise_dim: int,
    seed: int,
) -> dict[str, list[float]]:
    """Take one step for each batch, for some epochs, and report the losses.

    The step is compiled here. Its Python code runs while it is traced and at no other time: for
    four epochs it runs as often as for one.

    The noise is float32, from the standard normal distribution, a row for each example of the
    batch. Each step, in every epoch, draws its own. It depends on `seed` and on nothing else:
    two calls with equal arguments give the same steps the same noise, whatever global seed is
    set and whatever random numbers were drawn before; another seed gives other noise. Nor does
    training disturb others: what the rest of the program draws afterwards, with ops such as
    `tf.random.normal`, from `tf.random.get_global_generator()` or from NumPy, is what it would
    have drawn without it.

    Args:
        step: a function of a batch of real examples and a batch of noise. It is made of
            TensorFlow's ops and not compiled yet. It trains, whenever it is run, and returns
            some losses by name: float32 scalars, for the mean example of the batch.
        dataset: batches of examples, float32 tensors of shape [rows, ...]. All batches count, a
            smaller last one as well. It ends, and starts anew when it is iterated again, perhaps
            in another order or with other numbers.
        epochs: how many times to go through the dataset; at least once.
        noise_dim: how many numbers make one row of noise.
        seed: of the noise; 0 or more.

    Returns:
        For each loss that the step returns, under its name, a list with one Python float for
        each epoch: the mean over all examples of that epoch. A batch of 2 counts twice as much
        as a batch of 1.
    """
    raise NotImplementedError
