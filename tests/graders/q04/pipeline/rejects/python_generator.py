"""Decodes in a Python generator, one image at a time, under the lock of the interpreter.

breaks: "declare parallel calls"
fails: test_decode_and_augment_run_in_parallel, test_shapes_and_dtypes_are_those_of_decode
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    def images():
        for path in paths:
            yield decode(tf.constant(path))

    spec = (tf.TensorSpec((2, 2, 3), tf.uint8), tf.TensorSpec((), tf.int64))
    ds = D.from_generator(images, output_signature=spec).cache().shuffle(shuffle_buffer)
    return ds.map(augment, A).batch(batch_size).prefetch(A)
