"""An option of the dataset lets every stage hand on its elements in any order.

breaks: "and not by luck"
fails: test_the_examples_stay_the_same
"""

import numpy as np
import tensorflow as tf


def augment(images, labels):
    images = tf.cast(images, tf.float32) / 255.0
    mirror = tf.reshape(tf.equal(labels, 1), [-1, 1, 1, 1])
    return tf.where(mirror, tf.reverse(images, [2]), images), labels


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    options = tf.data.Options()
    options.deterministic = False
    batches = examples.batch(batch_size).map(augment, num_parallel_calls=2).prefetch(2)
    return batches.with_options(options)
