"""The loop around a step: what `fit` did without being asked."""

from collections.abc import Callable

import tensorflow as tf


def train(
    step: Callable[[tf.Tensor, tf.Tensor], dict[str, tf.Tensor]],
    dataset: tf.data.Dataset,
    epochs: int,
    noise_dim: int,
    seed: int,
) -> dict[str, list[float]]:
    """Take one step for each batch of each epoch, and report the losses.

    >>> def step(real, noise):
    ...     return {"loss": tf.reduce_mean(real), "rows": tf.cast(tf.shape(noise)[0], tf.float32)}
    >>> dataset = tf.data.Dataset.from_tensor_slices([[1.0], [3.0], [8.0]]).batch(2)
    >>> history = train(step, dataset, epochs=2, noise_dim=5, seed=7)
    >>> history["loss"]  # (2 * 2.0 + 1 * 8.0) / 3
    [4.0, 4.0]
    >>> [round(mean, 4) for mean in history["rows"]]
    [1.6667, 1.6667]

    `step(real, noise)` trains whenever it runs, and is not compiled yet. It returns float32 scalars
    by name. `dataset` gives float32 batches, perhaps others in each pass.

    - Each batch of each epoch is one step, the smaller last one included.
    - The dataset is iterated once for each epoch.
    - Noise is float32, standard normal, of shape [rows of the batch, noise_dim].
    - No two steps have the same noise.
    - Equal arguments give equal noise, and another seed gives other noise.
    - For equal shapes, the Python code of the step runs as often for four epochs as for one.

    Returns:
        For each name, a list with a Python float for each epoch. It is the mean over all examples:
        a batch of 2 counts twice as much as a batch of 1.

    Beyond the idea:
        - The noise does not depend on `epochs`, a global seed or earlier draws.
        - What others draw afterwards is as without `train`: from `tf.random`, from NumPy, from
          `tf.random.get_global_generator()`.
    """
    raise NotImplementedError
