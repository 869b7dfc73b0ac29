"""A loop over the distributed data set within a graph; sums over replicas."""

import keras
import numpy as np
import tensorflow as tf


def train(strategy, x, y, per_example, *, global_batch, learning_rate, epochs):
    data = tf.data.Dataset.from_tensor_slices((x, y)).batch(global_batch)
    distributed = strategy.experimental_distribute_dataset(data)
    with strategy.scope():
        layer = keras.layers.Dense(1, kernel_initializer="zeros", dtype="float32")
        layer.build((None, x.shape[1]))
        w = layer.kernel.value
        b = layer.bias.value

    def replica(batch):
        xs, ys = batch
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(per_example(layer(xs), ys))
        grads = tape.gradient(loss, [w, b])
        context = tf.distribute.get_replica_context()
        parts = [loss, *grads, tf.cast(len(xs), tf.float32)]
        loss, *grads, rows = context.all_reduce(tf.distribute.ReduceOp.SUM, parts)
        for v, g in zip([w, b], grads):
            v.assign(v - learning_rate * g / rows)
        return loss / rows

    steps = -(-len(x) // global_batch)

    @tf.function
    def epoch():
        losses, i = tf.TensorArray(tf.float32, steps), 0
        for batch in distributed:
            per_replica = strategy.run(replica, args=(batch,))
            losses = losses.write(i, strategy.experimental_local_results(per_replica)[0])
            i += 1
        return losses.stack()

    return [float(loss) for _ in range(epochs) for loss in epoch()], (w, b)
