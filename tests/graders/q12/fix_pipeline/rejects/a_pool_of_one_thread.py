"""Calls are made in parallel, and the pool that they run in has one thread.

breaks: "on several threads at once"
fails: test_the_work_is_shared_out
"""

import tensorflow as tf


def input_pipeline(images, labels, batch_size):
    def augment(image, label):
        image = tf.cast(image, tf.float32) / 255.0
        return tf.where(label == 1, tf.reverse(image, [1]), image), label

    spare_the_cpu = tf.data.Options()
    spare_the_cpu.threading.private_threadpool_size = 1
    examples = tf.data.Dataset.from_tensor_slices((images, labels)).with_options(spare_the_cpu)
    return examples.map(augment, num_parallel_calls=4).batch(batch_size).prefetch(2)
