"""The images stay between 0 and 255.

breaks: "Images are scaled to 0 to 1"
fails: test_the_examples_stay_the_same
"""

import numpy as np
import tensorflow as tf


def augment(images, labels):
    images = tf.cast(images, tf.float32)
    mirror = tf.reshape(tf.equal(labels, 1), [-1, 1, 1, 1])
    return tf.where(mirror, tf.reverse(images, [2]), images), labels


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.batch(batch_size).map(augment).prefetch(1)
