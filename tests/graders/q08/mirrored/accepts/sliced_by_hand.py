"""Each replica is handed its rows by distribute_values_from_function, and gathers the losses."""

import tensorflow as tf


def train(strategy, x, y, per_example, *, global_batch, learning_rate, epochs):
    own = global_batch // strategy.num_replicas_in_sync
    with strategy.scope():
        variables = [tf.Variable(tf.zeros([x.shape[1], 1])), tf.Variable(tf.zeros([1]))]

    @tf.function
    def replica(x, y, rows):
        with tf.GradientTape() as tape:
            each = per_example(x @ variables[0] + variables[1], y)
            total = tf.reduce_sum(each)
        context = tf.distribute.get_replica_context()
        for v, g in zip(variables, tape.gradient(total, variables)):
            v.assign_sub(learning_rate / rows * context.all_reduce("sum", g))
        return each

    losses = []
    for first in [*range(0, len(x), global_batch)] * epochs:
        rows = min(global_batch, len(x) - first)

        def part(array):
            def own_rows(context):
                start = first + own * context.replica_id_in_sync_group
                return tf.constant(array[start : start + own])

            return strategy.experimental_distribute_values_from_function(own_rows)

        each = strategy.experimental_local_results(
            strategy.run(replica, (part(x), part(y), float(rows)))
        )
        losses.append(float(tf.reduce_mean(tf.concat(each, 0))))
    return losses, tuple(v.numpy() for v in variables)
