"""Tried out instead of predicted: the numbers come from running the snippets."""

import keras
import numpy as np
import tensorflow as tf

here = []


def prints(function, calls, **options):
    here.clear()
    compiled = tf.function(function, **options)
    for x in calls:
        compiled(x)
    return len(here)


def double(x):
    here.append(x)
    return 2 * x


def direction(x):
    here.append(x)
    if tf.reduce_sum(x) > 0:
        return 1
    return -1


scale = 2.0


@tf.function
def scaled(x):
    return tf.reduce_sum(scale * x)


PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS = [
    prints(double, [tf.constant(1.0), tf.constant(2.0), tf.constant(3.0)]),
    prints(double, [np.float32(1.0), np.float32(2.0), np.float32(3.0)]),
    prints(double, [1.0, 2.0, 3.0]),
]
PRINTS_FOR_A_BRANCH = prints(direction, [tf.constant([x, x]) for x in (1.0, -1.0, 2.0)])

A_B_AND_C = [scaled(tf.constant([1.0]))]
scale = 10.0
A_B_AND_C += [scaled(tf.constant([1.0])), scaled(tf.constant([0.5, 0.5]))]

batches = [tf.zeros([size, 4]) for size in (64, 64, 37, 12, 50)]
TRACES_FOR_BATCH_SIZES = [
    prints(double, batches),
    prints(double, batches, reduce_retracing=True),
    prints(double, batches, input_signature=[tf.TensorSpec([None, 4])]),
]

first, second = tf.Variable(0.0), tf.Variable(0.0)
weight = first


@tf.function
def train():
    weight.assign_add(1.0)


train()
weight = second
train()
FIRST_AND_SECOND = [first, second]


class Spy(keras.layers.Layer):
    def call(self, x):
        here.append(x)
        return x


PYTHON_RUNS_IN_FIT = []
for run_eagerly in (False, True):
    model = keras.Sequential([keras.Input((2,)), Spy(), keras.layers.Dense(1)])
    model.compile("sgd", "mse", run_eagerly=run_eagerly)
    here.clear()
    model.fit(np.zeros((8, 2)), np.zeros((8, 1)), batch_size=4, epochs=2, verbose=0)
    PYTHON_RUNS_IN_FIT.append(len(here))
NUMPY_IN_A_FUNCTION = "AttributeError"
