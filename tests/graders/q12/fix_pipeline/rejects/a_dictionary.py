"""A batch is a dictionary with names, which the training loop does not expect.

breaks: "A dataset of pairs, images as float32 and labels as int32"
fails: all
"""

import tensorflow as tf


def input_pipeline(images, labels, batch_size):
    def augment(images, labels):
        images = tf.cast(images, tf.float32) / 255.0
        mirror = tf.reshape(labels == 1, [-1, 1, 1, 1])
        return {"images": tf.where(mirror, tf.reverse(images, [2]), images), "labels": labels}

    batches = tf.data.Dataset.from_tensor_slices((images, labels)).batch(batch_size)
    return batches.map(augment, num_parallel_calls=2).prefetch(2)
