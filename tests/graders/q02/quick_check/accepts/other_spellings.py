"""The same predictions in other types."""

import numpy as np
import tensorflow as tf

TAGS_BY_NAME = tf.constant(2)
STEPS_IN_A_GRAPH = np.ones(4)
POINTS_OF_A_COMPILED_STEP = np.int64(0)
SHOWS_SOFTPLUS = False
POINTS_READ = 10.0
CLIPPED = " The same"
CURED_BY_INITIALIZATION = False
