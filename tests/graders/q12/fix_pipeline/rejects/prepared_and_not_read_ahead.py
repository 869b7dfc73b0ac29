"""All is prepared with NumPy, and the thread that asks makes the batches.

breaks: "The thread that asks for a batch only fetches it"
fails: test_the_next_batch_is_prepared
"""

import numpy as np
import tensorflow as tf


def input_pipeline(images, labels, batch_size):
    ready = images.astype("float32") / np.float32(255)
    ready = np.where((labels == 1)[:, None, None, None], ready[:, :, ::-1], ready)
    return tf.data.Dataset.from_tensor_slices((ready, labels)).batch(batch_size)
