"""Maps `decode` twice, once for the images and once for the labels.

breaks: "The first epoch decodes every image once"
fails: test_every_image_is_decoded_once
"""

import tensorflow as tf

A = tf.data.AUTOTUNE
D = tf.data.Dataset


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer):
    files = D.from_tensor_slices(paths)
    images = files.map(lambda path: decode(path)[0], A)
    labels = files.map(lambda path: decode(path)[1], A)
    decoded = D.zip(images, labels).cache()
    return decoded.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)
