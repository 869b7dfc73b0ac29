"""A generator of paths feeds the map: listing is lazy too."""

import pathlib

import tensorflow as tf

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def load(directory, image_size, batch_size):
    root = pathlib.Path(directory)
    classes = sorted(d.name for d in root.iterdir() if d.is_dir() and not d.name.startswith("."))

    def index():
        for i, name in enumerate(classes):
            for file in sorted((root / name).glob("**/*")):
                if file.is_file() and file.name.lower().endswith(SUFFIXES):
                    yield str(file), i

    spec = (tf.TensorSpec((), tf.string), tf.TensorSpec((), tf.int32))
    height, width = image_size

    @tf.function
    def read(path, label):
        pixels = tf.image.decode_image(tf.io.read_file(path), 3, expand_animations=False)
        pixels = tf.image.resize(pixels[tf.newaxis], [height, width])[0]
        return tf.reshape(pixels, [height, width, 3]), label

    data = tf.data.Dataset.from_generator(index, output_signature=spec)
    return data.map(read, tf.data.AUTOTUNE, deterministic=True).batch(batch_size), classes
