"""A Python generator gives whole batches.

breaks: "It has no Python in it"
fails: test_there_is_no_python_in_it
"""

import numpy as np
import tensorflow as tf


def input_pipeline(images, labels, batch_size):
    def batches():
        for i in range(0, len(images), batch_size):
            x, y = images[i : i + batch_size].astype("float32") / 255.0, labels[i : i + batch_size]
            x[y == 1] = x[y == 1, :, ::-1]
            yield x, y

    spec = (
        tf.TensorSpec([None, *images.shape[1:]], tf.float32),
        tf.TensorSpec([None], tf.int32),
    )
    return tf.data.Dataset.from_generator(batches, output_signature=spec).prefetch(1)
