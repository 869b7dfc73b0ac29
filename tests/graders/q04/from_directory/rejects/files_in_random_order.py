"""Lists with `Dataset.list_files`, which shuffles the files unless it is told not to.

breaks: "The order is the same in every pass"
fails: test_classes_come_by_name, test_classes_of_odd_names, test_every_image_gets_three_channels, test_no_image_is_lost_and_the_order_stays, test_pixels
"""

import pathlib

import tensorflow as tf

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def load(directory, image_size, batch_size):
    root = pathlib.Path(directory)
    names = sorted(f.name for f in root.glob("*") if f.is_dir() and not f.name.startswith("."))
    depth = len(root.parts)
    files = [str(p) for p in sorted(root.rglob("*")) if p.is_file()]
    files = [f for f in files if f.lower().endswith(SUFFIXES)]
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

    listed = tf.data.Dataset.list_files(files)
    return listed.map(example).batch(batch_size), names
