"""A parallel map, and nothing that reads ahead of the batches.

breaks: "The thread that asks for a batch only fetches it"
fails: test_the_next_batch_is_prepared
"""

import numpy as np
import tensorflow as tf


def augment(image, label):
    image = tf.cast(image, tf.float32) / 255.0
    return tf.cond(label == 1, lambda: tf.reverse(image, [1]), lambda: image), label


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.map(augment, num_parallel_calls=2).batch(batch_size)
