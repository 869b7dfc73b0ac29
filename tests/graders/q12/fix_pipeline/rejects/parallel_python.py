"""The same Python, on several threads, with a prefetch.

breaks: "It has no Python in it"
fails: test_there_is_no_python_in_it
"""

import numpy as np
import tensorflow as tf


def prepare(image, label):
    image = image.astype("float32") / 255.0
    return image[:, ::-1] if label == 1 else image


def augment(image, label):
    prepared = tf.numpy_function(prepare, [image, label], tf.float32)
    return tf.ensure_shape(prepared, image.shape), label


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    examples = examples.map(augment, num_parallel_calls=tf.data.AUTOTUNE)
    return examples.batch(batch_size).prefetch(tf.data.AUTOTUNE)
