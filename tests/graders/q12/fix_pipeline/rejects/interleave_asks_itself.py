"""A parallel interleave prepares batches, and the thread that asks makes them.

breaks: "The thread that asks for a batch only fetches it"
fails: test_the_next_batch_is_prepared
"""

import numpy as np
import tensorflow as tf


def augment(images, labels):
    images = tf.cast(images, tf.float32) / 255.0
    mirror = tf.reshape(tf.equal(labels, 1), [-1, 1, 1, 1])
    return tf.where(mirror, tf.reverse(images, [2]), images)


def one(images, labels):
    return tf.data.Dataset.from_tensors((augment(images, labels), labels))


def input_pipeline(images, labels, batch_size):
    batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(batch_size)
    return batches.interleave(one, num_parallel_calls=2, deterministic=True)
