"""Predictions that Keras made."""

import keras
import tensorflow as tf
from keras.layers import Embedding, Lambda

STORED = [tf.Variable(1.0), tf.constant(5.0)]
LOADS = [
    name != "not registered" and name != "no kwargs" for name in ("not registered", "", "no kwargs")
]

ids = keras.Input([1], dtype="int32")
rows = Embedding(10, 4)(ids)
WIDTH = keras.Model(ids, keras.ops.sum(rows * rows, axis=1)).output_shape[1]

LAMBDAS = [kind == "registered" for kind in ("lambda", "named", "registered", "of Keras")]

v = keras.Variable(3.0)
first, second = Lambda(lambda x: x * v), Lambda(lambda x: x * second.factor)
second.factor = keras.Variable(3.0)
first(tf.ones([1, 2])), second(tf.ones([1, 2]))
WEIGHTS_OF_LAMBDAS = [len(first.trainable_weights), len(second.trainable_weights)]
MOVED = tf.constant([False, True, True, True, False])
