"""Decodes JPEG with the slower, exact transform, which gives other pixels than the utility.

breaks: "The pixels are those of the utility"
fails: test_pixels
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

    def read(path, label):
        data = tf.io.read_file(path)
        image = tf.cond(
            tf.io.is_jpeg(data),
            lambda: tf.io.decode_jpeg(data, channels=3, dct_method="INTEGER_ACCURATE"),
            lambda: tf.io.decode_image(data, channels=3, expand_animations=False),
        )
        image = tf.image.resize(image, image_size)
        return tf.ensure_shape(image, (*image_size, 3)), label

    dataset = tf.data.Dataset.from_tensor_slices((paths, tf.constant(labels, tf.int32)))
    return dataset.map(read, num_parallel_calls=tf.data.AUTOTUNE).batch(batch_size), names
