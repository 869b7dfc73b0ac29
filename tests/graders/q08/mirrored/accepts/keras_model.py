"""A Keras model and optimizer, which sums the gradients of the replicas itself."""

import keras
import tensorflow as tf


def train(strategy, x, y, per_example, *, global_batch, learning_rate, epochs):
    with strategy.scope():
        layer = keras.layers.Dense(1, kernel_initializer="zeros")
        layer.build((None, x.shape[1]))
        optimizer = keras.optimizers.SGD(learning_rate)
        optimizer.build(layer.trainable_variables)
    rows = tf.data.Dataset.from_tensor_slices((x, y)).batch(global_batch)

    def replica(x, y):
        own = tf.cast(tf.shape(x)[0], tf.float32)
        everywhere = tf.distribute.get_replica_context().all_reduce("sum", own)
        with tf.GradientTape() as tape:
            loss = tf.reduce_sum(per_example(layer(x), y)) / everywhere
        gradients = tape.gradient(loss, layer.trainable_variables)
        optimizer.apply(gradients, layer.trainable_variables)
        return loss

    @tf.function
    def step(batch):
        return strategy.reduce(tf.distribute.ReduceOp.SUM, strategy.run(replica, batch), axis=None)

    losses = []
    for _ in range(epochs):
        for batch in strategy.experimental_distribute_dataset(rows):
            losses.append(float(step(batch)))
    return losses, layer.get_weights()
