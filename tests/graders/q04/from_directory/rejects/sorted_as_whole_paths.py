"""Sorts whole paths as strings. A hyphen comes before a slash, so bus-stop/a.png comes before
bus/a.png.

breaks: "Classes are sorted by name, not by path"
fails: test_classes_come_by_name
"""

import pathlib

import tensorflow as tf

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def load(directory, image_size, batch_size):
    root = pathlib.Path(directory)
    names = sorted(f.name for f in root.glob("*") if f.is_dir() and not f.name.startswith("."))
    depth = len(root.parts)
    files = [str(p) for p in root.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()]
    files.sort()
    files = [f for f in files if len(pathlib.Path(f).parts) > depth + 1]
    files = [f for f in files if pathlib.Path(f).parts[depth] in names]
    table = tf.lookup.StaticHashTable(
        tf.lookup.KeyValueTensorInitializer(names, tf.range(len(names))), default_value=-1
    )

    def example(path):
        label = table.lookup(tf.strings.split(path, "/")[depth])
        image = tf.io.decode_image(
            tf.io.read_file(path), channels=3, dtype=tf.float32, expand_animations=False
        )
        image = tf.image.resize(image, image_size, method="bilinear") * 255.0
        image.set_shape((*image_size, 3))
        return image, label

    listed = tf.data.Dataset.from_tensor_slices(files)
    return listed.map(example).batch(batch_size), names
