"""Lists with os.walk, decodes in a parallel map. Odd names and folders are left to chance."""

import os

import tensorflow as tf

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def load(directory, image_size, batch_size):
    class_names = sorted(os.listdir(directory))
    paths, labels = [], []
    for label, name in enumerate(class_names):
        for folder, _, files in os.walk(os.path.join(directory, name)):
            for file in sorted(files):
                if file.lower().endswith(SUFFIXES):
                    paths.append(os.path.join(folder, file))
                    labels.append(label)

    def read(path, label):
        image = tf.io.decode_png(tf.io.read_file(path), channels=3)
        return tf.image.resize(image, image_size), label

    labels = tf.constant(labels, tf.int32)
    dataset = tf.data.Dataset.from_tensor_slices((paths, labels))
    dataset = dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE)
    return dataset.batch(batch_size).prefetch(tf.data.AUTOTUNE), class_names
