"""The labels become floats.

breaks: "images as float32 and labels as int32"
fails: test_the_examples_stay_the_same
"""

import numpy as np
import tensorflow as tf


def augment(images, labels):
    images = tf.cast(images, tf.float32) / 255.0
    mirror = tf.reshape(tf.equal(labels, 1), [-1, 1, 1, 1])
    return tf.where(mirror, tf.reverse(images, [2]), images), tf.cast(labels, tf.float32)


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.batch(batch_size).map(augment).prefetch(2)
