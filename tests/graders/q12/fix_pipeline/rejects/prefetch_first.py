"""What is prefetched is what costs nothing: the examples in memory.

breaks: "Other threads have read, prepared and batched it"
fails: test_the_next_batch_is_prepared
"""

import numpy as np
import tensorflow as tf


def augment(images, labels):
    images = tf.cast(images, tf.float32) / 255.0
    mirror = tf.reshape(tf.equal(labels, 1), [-1, 1, 1, 1])
    return tf.where(mirror, tf.reverse(images, [2]), images), labels


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.prefetch(tf.data.AUTOTUNE).batch(batch_size).map(augment)
