"""Sorts all files by their own names, whatever their class, so that classes come mixed.

breaks: "class by class"
fails: test_no_image_is_lost_and_the_order_stays
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
                if file.lower().endswith(SUFFIXES):
                    paths.append(os.path.join(folder, file))
                    labels.append(label)

    order = sorted(range(len(paths)), key=lambda i: os.path.basename(paths[i]))
    paths, labels = [paths[i] for i in order], [labels[i] for i in order]

    def read(path, label):
        image = tf.io.decode_image(tf.io.read_file(path), channels=3, expand_animations=False)
        image = tf.image.resize(image, image_size)
        return tf.ensure_shape(image, (*image_size, 3)), label

    dataset = tf.data.Dataset.from_tensor_slices((paths, tf.constant(labels, tf.int32)))
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size), names
