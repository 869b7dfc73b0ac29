"""One training step, as a session ran it and as TF2 runs it.

The bank's training loop was written for TF1, with a train_op that was put together like this:

    loss = loss_of(y, model(x, training=True))
    loss += tf.losses.get_regularization_loss()
    with tf.control_dependencies(tf.get_collection(tf.GraphKeys.UPDATE_OPS)):
        train_op = optimizer.minimize(loss, global_step=global_step)
    ...
    _, value = session.run([train_op, loss], feed_dict={x: batch, y: labels})

Two collections and a global step: the penalties that the layers ask for, and the updates of
BatchNormalization's moving averages, which a program that forgot them ran without. In TF2 all
three belong to objects: to the model and to the optimizer.
"""

from collections.abc import Callable

import keras
import tensorflow as tf

Loss = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
Step = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]


def make_train_step(model: keras.Model, loss_fn: Loss, optimizer: keras.Optimizer) -> Step:
    """Make `step(x, y)`, which trains `model` on one batch, in a graph.

    A step runs the model in training mode. Its loss is `loss_fn(y, model's output)` plus all
    penalties that the model's layers add (`model.losses`), on weights or on what the layers give.
    The optimizer updates the trainable weights once, with the gradients of that loss, and counts
    the step (`optimizer.iterations`). Clipping and weight decay, where it has them, are a part of
    its update. Frozen weights stay as they are. What the layers update in training mode, such as
    moving averages, is updated once.

    The whole of it gives the numbers that the same lines give in eager mode, and is compiled: a
    batch of a shape and dtype that had its turn before runs no Python code of the model or of
    `loss_fn`. Tracing may run that code as often as it likes.

    Several steps may be made, one after the other, and then used side by side. Each trains the
    model that it was made for, with its own optimizer.

    Args:
        model: a built Keras model with one input and one output. Its layers need not be in a
            row, and some may be frozen.
        loss_fn: gives the loss of a batch, a scalar float32.
        optimizer: a Keras optimizer, built or not, used for this model only.

    Returns:
        A function that takes float32 tensors x, of shape [n, features], and y, of shape
        [n, outputs], for any n, from call to call another one. It returns the loss of the batch
        before the update: a scalar, held by a tf.Tensor, a NumPy scalar or a Python number.
    """
    raise NotImplementedError
