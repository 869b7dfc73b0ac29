"""The signature leaves everything open, the rank as well, which the layers need.

fails: test_it_trains_like_an_eager_step, test_the_model_is_in_training_mode, test_python_runs_only_while_tracing, test_batch_sizes_share_one_graph, test_short_batches_count_as_they_are, test_every_model_has_its_own_step, test_a_new_learning_rate_needs_no_trace, test_the_model_says_what_is_trained
"""

import tensorflow as tf


def make_train_step(model, optimizer, loss_fn):
    @tf.function(input_signature=[tf.TensorSpec(None), tf.TensorSpec(None)])
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True)) + sum(model.losses)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    return step
