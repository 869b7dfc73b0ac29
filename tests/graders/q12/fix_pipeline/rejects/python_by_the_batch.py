"""Python gets whole batches.

breaks: "It has no Python in it"
fails: test_there_is_no_python_in_it
"""

import numpy as np
import tensorflow as tf


def prepare(images, labels):
    images = images.astype("float32") / 255.0
    images[labels == 1] = images[labels == 1, :, ::-1]
    return images


def augment(images, labels):
    prepared = tf.numpy_function(prepare, [images, labels], tf.float32)
    return tf.ensure_shape(prepared, images.shape), labels


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.batch(batch_size).map(augment).prefetch(1)
