"""NumPy scales the images, and makes them float64.

breaks: "images as float32 and labels as int32"
fails: test_the_examples_stay_the_same
"""

import numpy as np
import tensorflow as tf


def augment(images, labels):
    mirror = tf.reshape(tf.equal(labels, 1), [-1, 1, 1, 1])
    return tf.where(mirror, tf.reverse(images, [2]), images), labels


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images / 255.0, labels))
    return examples.batch(batch_size).map(augment).prefetch(2)
