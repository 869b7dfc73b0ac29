"""The number of the step is asked for once, when the step is made, and counted from there.

breaks: "After a resume at `optimizer.iterations` 500"
fails: test_the_optimizer_counts_the_steps
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    variables = model.trainable_variables
    optimizer.build(variables)

    count = tf.Variable(int(optimizer.iterations), dtype=tf.int64)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        grads = tape.gradient(loss, [v.value for v in variables])
        pairs = [(g, v) for g, v in zip(grads, variables) if g is not None]
        optimizer.apply_gradients(pairs)
        now = count.assign_add(1)
        with writer.as_default(step=now):
            tf.summary.scalar("loss", loss)
            for g, v in pairs:
                tf.summary.histogram(f"grad/{v.path}", tf.convert_to_tensor(g))
            for v in variables:
                tf.summary.histogram(f"weight/{v.path}", v.value)
        return tf.cast(loss, tf.float32)

    return step
