"""One dataset for each class, concatenated, and a Keras layer that resizes."""

import os

import keras
import tensorflow as tf

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def files_of(folder):
    for root, folders, files in os.walk(folder):
        folders.sort()
        for file in sorted(files):
            if file.lower().endswith(SUFFIXES):
                yield os.path.join(root, file)


def load(directory, image_size, batch_size):
    names = [e.name for e in os.scandir(directory) if e.is_dir() and not e.name.startswith(".")]
    names.sort()
    resize = keras.layers.Resizing(*image_size)

    def decode(path):
        raw = tf.io.read_file(path)
        image = tf.io.decode_image(raw, expand_animations=False, channels=3)
        image.set_shape((None, None, 3))
        return resize(tf.cast(image, tf.float32))

    whole = None
    for number, name in enumerate(names):
        files = list(files_of(os.path.join(directory, name)))
        if not files:
            continue
        images = tf.data.Dataset.from_tensor_slices(files).map(decode, num_parallel_calls=2)
        labels = tf.data.Dataset.from_tensors(tf.constant(number)).repeat()
        part = tf.data.Dataset.zip((images, labels))
        whole = part if whole is None else whole.concatenate(part)
    return whole.batch(batch_size).prefetch(1), names
