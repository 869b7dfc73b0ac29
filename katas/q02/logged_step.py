"""A training step that shows what happens inside of a network."""

from collections.abc import Callable

import keras
import tensorflow as tf


def make_logged_step(
    model: keras.Model,
    loss_fn: Callable[[tf.Tensor, tf.Tensor], tf.Tensor],
    optimizer: keras.optimizers.Optimizer,
    writer: tf.summary.SummaryWriter,
) -> Callable[[tf.Tensor, tf.Tensor], tf.Tensor]:
    """Make a training step that logs the loss, all weights and all gradients.

    `step(x, y)` computes the loss `loss_fn(y, model(x, training=True))` and its gradients for the
    trainable variables, and applies these once through `optimizer`. To `writer` it writes:

    - a scalar under the tag `loss`: the loss, from before the update;
    - for each trainable variable a histogram under `weight/<path>`: its values after the update;
    - and one under `grad/<path>`: all values of its gradient, from before the update. It has as
      many as the variable: for rows of an embedding that the batch does not use they are 0.

    `<path>` is the variable's `path`, such as `sequential/dense_1/kernel`. A trainable variable
    that the loss does not depend on has no gradient: it is not moved, and there is nothing under
    `grad/` for it.

    The step of each of these points is `optimizer.iterations` after the update: 1 in the first
    call, or 501 if the optimizer had done 500 before. There is one point per call under each tag.

    Nothing is written anywhere else, and no default writer or default step is left behind. The
    writer stays open, and belongs to the caller, who flushes and closes it. Whether the step is
    compiled is up to you. Several steps, for several models, work in one process.

    Args:
        model: with its weights built; at least one variable has a gradient.
        loss_fn: a float32 scalar of the labels and of the model's output.
        optimizer: not built yet; for this model alone.
        writer: as tf.summary.create_file_writer makes it.

    Returns:
        The function step(x, y) of a batch of examples and labels, two tensors. It returns the
        loss, a float32 scalar.
    """
    raise NotImplementedError
