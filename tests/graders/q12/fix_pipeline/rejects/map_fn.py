"""In the batch, tf.map_fn takes one image after the other.

breaks: "There is no loop over the images of a batch"
fails: test_no_loop_over_a_batch
"""

import numpy as np
import tensorflow as tf


def augment(image, label):
    image = tf.cast(image, tf.float32) / 255.0
    return tf.cond(label == 1, lambda: tf.reverse(image, [1]), lambda: image), label


def augment_all(images, labels):
    return tf.map_fn(
        lambda pair: augment(*pair), (images, labels), fn_output_signature=(tf.float32, tf.int32)
    )


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.batch(batch_size).map(augment_all).prefetch(2)
