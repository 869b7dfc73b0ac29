"""TensorFlow instead of Python, one example after the other, on one thread.

breaks: "Images are prepared by whole batches, or on several threads at once"
fails: test_the_work_is_shared_out
"""

import numpy as np
import tensorflow as tf


def augment(image, label):
    image = tf.cast(image, tf.float32) / 255.0
    return tf.cond(label == 1, lambda: tf.reverse(image, [1]), lambda: image), label


def input_pipeline(images, labels, batch_size):
    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.map(augment).batch(batch_size).prefetch(1)
