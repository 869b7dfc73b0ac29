"""Scaling is parallel, image by image, and a loop over the batch mirrors.

breaks: "There is no loop over the images of a batch"
fails: test_no_loop_over_a_batch
"""

import numpy as np
import tensorflow as tf


def scale(image, label):
    return tf.cast(image, tf.float32) / 255.0, label


def mirror(images, labels):
    def one(pair):
        return tf.cond(pair[1] == 1, lambda: tf.reverse(pair[0], [1]), lambda: pair[0])

    return tf.map_fn(one, (images, labels), fn_output_signature=tf.float32), labels


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    scaled = examples.map(scale, num_parallel_calls=tf.data.AUTOTUNE)
    return scaled.batch(batch_size).map(mirror, num_parallel_calls=2).prefetch(1)
