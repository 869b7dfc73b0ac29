"""The compiled part returns what is to be logged; logging is eager, under name scopes."""

import tensorflow as tf


def make_logged_step(model, loss_fn, optimizer, writer):
    variables = list(model.trainable_variables)
    optimizer.build(variables)

    @tf.function(reduce_retracing=True)
    def train(x, y):
        with tf.GradientTape(persistent=True) as tape:
            loss = loss_fn(y, model(x, training=True))
        gradients = {v.path: tape.gradient(loss, v.value) for v in variables}
        known = [(gradients[v.path], v) for v in variables if gradients[v.path] is not None]
        optimizer.apply_gradients(known)
        found = {p: tf.convert_to_tensor(g) for p, g in gradients.items() if g is not None}
        return loss, found

    def step(x, y):
        loss, gradients = train(x, y)
        with writer.as_default(optimizer.iterations.value):
            tf.summary.scalar("loss", loss)
            with tf.name_scope("weight"):
                for variable in variables:
                    tf.summary.histogram(variable.path, variable)
            for path, gradient in gradients.items():
                tf.summary.histogram(f"grad/{path}", gradient)
        return loss

    return step
