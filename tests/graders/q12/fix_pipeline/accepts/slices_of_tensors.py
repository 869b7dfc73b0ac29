"""The dataset counts; each call of the map takes the rows of its batch."""

import numpy as np
import tensorflow as tf


def augment(images, labels):
    images = tf.cast(images, tf.float32) / 255.0
    mirror = tf.reshape(tf.equal(labels, 1), [-1, 1, 1, 1])
    return tf.where(mirror, tf.reverse(images, [2]), images)


def input_pipeline(images, labels, batch_size):
    all_images, all_labels = tf.constant(images), tf.constant(labels)

    def rows(first):
        x = all_images[first : first + batch_size]
        y = all_labels[first : first + batch_size]
        return augment(x, y), y

    firsts = tf.data.Dataset.range(0, len(images), batch_size)
    return firsts.map(rows, num_parallel_calls=tf.data.AUTOTUNE).prefetch(tf.data.AUTOTUNE)
