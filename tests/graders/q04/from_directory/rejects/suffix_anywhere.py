"""Looks for a suffix anywhere in the name, so a backup a.png.bak is an image, too.

breaks: "An image is told by its suffix"
fails: test_only_images_are_loaded
"""

import os

import tensorflow as tf

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def load(directory, image_size, batch_size):
    names = sorted(e.name for e in os.scandir(directory) if e.is_dir() and e.name[0] != ".")
    paths, labels = [], []
    for label, name in enumerate(names):
        for folder, folders, files in os.walk(os.path.join(directory, name)):
            folders.sort()
            for file in sorted(files):
                if any(suffix in file.lower() for suffix in SUFFIXES):
                    paths.append(os.path.join(folder, file))
                    labels.append(label)

    def read(path, label):
        image = tf.io.decode_image(tf.io.read_file(path), channels=3, expand_animations=False)
        image = tf.image.resize(image, image_size)
        return tf.ensure_shape(image, (*image_size, 3)), label

    dataset = tf.data.Dataset.from_tensor_slices((paths, tf.constant(labels, tf.int32)))
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size), names
