"""A flat_map takes one image after the other: it is no map by name only.

breaks: "Images are prepared by whole batches, or on several threads at once"
fails: test_the_work_is_shared_out
"""

import numpy as np
import tensorflow as tf


def augment(image, label):
    image = tf.cast(image, tf.float32) / 255.0
    return tf.cond(label == 1, lambda: tf.reverse(image, [1]), lambda: image), label


def one(image, label):
    return tf.data.Dataset.from_tensors(augment(image, label))


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.flat_map(one).batch(batch_size).prefetch(2)
