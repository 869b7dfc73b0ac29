"""The label of an image that is mirrored becomes 0, so that it is mirrored once.

breaks: "stay unchanged, and so do the labels"
fails: test_the_arrays_are_not_changed
"""

import numpy as np
import tensorflow as tf


def input_pipeline(images, labels, batch_size):
    ready = images.astype("float32") / np.float32(255)
    ready = np.where((labels == 1)[:, None, None, None], ready[:, :, ::-1], ready)
    given = labels.copy()
    labels[:] = 0
    return tf.data.Dataset.from_tensor_slices((ready, given)).batch(batch_size).prefetch(1)
