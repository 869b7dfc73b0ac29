"""Most predictions are made by Keras itself."""

import keras
import numpy as np
import tensorflow as tf
from keras import Input, Sequential, layers

model = Sequential([layers.Dense(4), layers.Dense(2)])
WEIGHTS = [len(model.weights)]
model(np.zeros([5, 3]))
WEIGHTS.append(len(model.weights))

x, dense = Input([3]), layers.Dense(3)
functional = keras.Model(x, dense(dense(x)) * 2.0)
LAYERS = tf.constant([len(functional.layers), 2])

config = Sequential([Input([3]), dense, dense]).get_config()
again = Sequential.from_config(config)
SHARED_IN_SEQUENTIAL = "same outputs" if len(again.layers) == 2 else "other outputs"
TWO_IN_TWO_OUT = "it trains"


def works(line):
    try:
        line()
    except Exception:
        return False
    return True


WORKS = [
    works(lambda: keras.ops.relu(x)),
    works(lambda: tf.nn.relu(x)),
    works(lambda: x * 2.0),
    works(lambda: bool(x[0, 0] > 0)),
]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, False]
