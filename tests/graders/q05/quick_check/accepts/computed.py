"""Predictions that were computed."""

import numpy as np
import tensorflow as tf

SAVE_WITHOUT_ENDING = LOAD_EXPORTED = "error"
OPTIMIZER_VARIABLES = np.array([2 * 4 + 2, 2])
ITERATIONS = tf.Variable(0, dtype=tf.int64)
SIGNATURE = ["frame", f"output_{0}"]
FROZEN_LAYER_MOVES = BEST_IS_OVERWRITTEN = np.bool_(True)
BEYOND_THE_SAMPLES = tf.minimum(200.0, 1.0)
