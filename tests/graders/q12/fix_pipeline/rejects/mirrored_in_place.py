"""The images are mirrored in the array that was given.

breaks: "stay unchanged, and so do the labels"
fails: test_the_arrays_are_not_changed
"""

import numpy as np
import tensorflow as tf


def scale(images, labels):
    return tf.cast(images, tf.float32) / 255.0, labels


def input_pipeline(images, labels, batch_size):
    images[labels == 1] = images[labels == 1, :, ::-1]
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.batch(batch_size).map(scale, num_parallel_calls=2).prefetch(1)
