"""Predictions that TensorFlow made, eagerly and by tracing."""

import tensorflow as tf

EAGER_TOTAL = tf.constant(6.0) + 6.0
COMPILED_TOTAL = " symbolic tensor "
RAW_VARIABLE = tf.constant([0, 1])

a, b, c = tf.constant(2.0), tf.Variable(2.0), tf.Variable(2.0, trainable=False)
with tf.GradientTape() as tape:
    d = 3.0 * b
    y = a * c * d
HAS_GRADIENT = [g is not None for g in tape.gradient(y, [a, b, c, d])]
PLUS_EQUALS = ["error", "tensor"]

velocity, w = [tf.constant(0.0)], tf.Variable(1.0)


@tf.function
def step():
    velocity[0] = 0.5 * velocity[0] + 1.0
    w.assign_sub(0.1 * velocity[0])


for _ in range(3):
    step()
FITTED_WEIGHT = w
