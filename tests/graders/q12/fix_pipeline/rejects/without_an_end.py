"""The pipeline repeats for ever, as one for training often does.

breaks: "It ends"
fails: test_the_examples_stay_the_same
"""

import tensorflow as tf


def input_pipeline(images, labels, batch_size):
    def augment(images, labels):
        images = tf.cast(images, tf.float32) / 255.0
        mirror = tf.reshape(labels == 1, [-1, 1, 1, 1])
        return tf.where(mirror, tf.reverse(images, [2]), images), labels

    batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(batch_size)
    return batches.map(augment).repeat().prefetch(2)
