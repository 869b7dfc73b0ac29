"""Answers that TensorFlow gave."""

import keras
import numpy as np
import tensorflow as tf

w = tf.Variable(2.0)
with tf.GradientTape() as tape:
    loss = tf.nn.softplus(-w * 3.0)
CROSS_GRADIENT = "not zero" if tape.gradient(loss, w) != 0 else "zero"

MOVES_WHEN_FROZEN = True

model = keras.Sequential([keras.Input([1]), keras.layers.Dense(2), keras.layers.Dense(1)])
model.layers[0].trainable = False
model.trainable = False
model.trainable = True
SWITCHED_OFF_AND_ON = len(model.trainable_variables)


@tf.function
def draw():
    return np.random.normal(), tf.random.normal([]), keras.random.normal([], seed=7)


DIFFERENT_NOISE = [len({float(x) for x in column}) for column in zip(*(draw() for _ in range(5)))]

model.compile("sgd", "mse", run_eagerly=True)
model.trainable = False
RECIPE_MOVES = [True, bool(model.trainable_variables)]

with tf.GradientTape() as outer:
    with tf.GradientTape() as inner:
        y = w**3
slope = inner.gradient(y, w)
gradient = outer.gradient(slope, w)
PENALTY_GRADIENT = "none" if gradient is None else "not zero"
CRITIC_CHANGES = [False, True]
