"""A strategy is given, and nothing is done with it.

breaks: "Each device has its own copy", "for its own rows alone"
fails: test_each_replica_has_its_own_rows, test_each_device_has_a_copy_and_all_are_equal
"""

import tensorflow as tf


def train(strategy, x, y, per_example, *, global_batch, learning_rate, epochs):
    w, b, losses = tf.Variable(tf.zeros([x.shape[1], 1])), tf.Variable(tf.zeros([1])), []
    rows = tf.data.Dataset.from_tensor_slices((x, y)).batch(global_batch)
    for x, y in rows.repeat(epochs):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(per_example(x @ w + b, y))
        for v, g in zip([w, b], tape.gradient(loss, [w, b])):
            v.assign_sub(learning_rate * g)
        losses.append(loss)
    return losses, (w.numpy(), b.numpy())
