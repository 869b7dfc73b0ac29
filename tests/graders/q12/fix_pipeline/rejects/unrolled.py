"""A loop of Python in the graph: the operations are there once for each image.

breaks: "There is no loop over the images of a batch"
fails: test_no_loop_over_a_batch
"""

import numpy as np
import tensorflow as tf


def augment(images, labels):
    images = tf.cast(images, tf.float32) / 255.0
    mirror = tf.reshape(tf.equal(labels, 1), [-1, 1, 1, 1])
    return tf.where(mirror, tf.reverse(images, [2]), images)


def input_pipeline(images, labels, batch_size):
    def one_by_one(x, y):
        parts = [augment(x[i : i + 1], y[i : i + 1]) for i in range(batch_size)]
        return tf.concat(parts, axis=0), y

    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.batch(batch_size).map(one_by_one, num_parallel_calls=2).prefetch(1)
