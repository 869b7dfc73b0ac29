"""Looks into each file, and takes all that begin like an image, whatever they are called.

breaks: "An image is told by its suffix"
fails: test_only_images_are_loaded
"""

import os

import tensorflow as tf

BEGINNINGS = (b"BM", b"GIF8", b"\xff\xd8", b"\x89PNG")


def load(directory, image_size, batch_size):
    names = sorted(e.name for e in os.scandir(directory) if e.is_dir() and e.name[0] != ".")
    paths, labels = [], []
    for label, name in enumerate(names):
        for folder, folders, files in os.walk(os.path.join(directory, name)):
            folders.sort()
            for file in sorted(files):
                with open(os.path.join(folder, file), "rb") as opened:
                    if opened.read(4).startswith(BEGINNINGS):
                        paths.append(opened.name)
                        labels.append(label)

    def read(path, label):
        image = tf.io.decode_image(tf.io.read_file(path), channels=3, expand_animations=False)
        image = tf.image.resize(image, image_size)
        return tf.ensure_shape(image, (*image_size, 3)), label

    dataset = tf.data.Dataset.from_tensor_slices((paths, tf.constant(labels, tf.int32)))
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size), names
