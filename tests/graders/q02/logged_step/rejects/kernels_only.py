"""A bias is thought too small to be logged.

breaks: "`weight/<path>` is a histogram of a trainable variable"
fails: test_weights_are_histograms
"""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    variables = model.trainable_variables
    optimizer.build(variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = loss_fn(y, model(x, training=True))
        grads = tape.gradient(loss, [v.value for v in variables])
        pairs = [(g, v) for g, v in zip(grads, variables) if g is not None]
        optimizer.apply_gradients(pairs)
        now = tf.cast(optimizer.iterations.value, tf.int64)
        with writer.as_default(step=now):
            tf.summary.scalar("loss", loss)
            for g, v in pairs:
                tf.summary.histogram(f"grad/{v.path}", tf.convert_to_tensor(g))
            for v in variables:
                if v.name == "bias":
                    continue
                tf.summary.histogram(f"weight/{v.path}", v.value)
        return tf.cast(loss, tf.float32)

    return step
