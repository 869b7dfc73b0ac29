"""There is no `tf.function`, so Python dispatches every operation of every step.

breaks: "the same batch size runs no Python code", "all other batch sizes together cost at most
one more trace", "A new `optimizer.learning_rate` takes effect without a trace"
fails: test_python_runs_only_while_tracing, test_batch_sizes_share_one_graph, test_a_new_learning_rate_needs_no_trace
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
