"""The mirroring is left out.

breaks: "Images with label 1 are mirrored, left to right"
fails: test_the_examples_stay_the_same
"""

import numpy as np
import tensorflow as tf


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    batches = examples.batch(batch_size)
    return batches.map(lambda x, y: (tf.cast(x, tf.float32) / 255.0, y)).prefetch(1)
