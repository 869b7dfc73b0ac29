"""Any image is decoded, and resized at once, though nobody has said that it is no animation.

breaks: "resized with `bilinear`, without antialiasing"
fails: all
"""

from pathlib import Path

import tensorflow as tf

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def load(
    directory: str, image_size: tuple[int, int], batch_size: int
) -> tuple[tf.data.Dataset, list[str]]:
    """The labelled images in `directory`, in batches, and the names of the classes."""
    folders = (f for f in Path(directory).iterdir() if f.is_dir() and f.name[0] != ".")
    class_names = sorted(folder.name for folder in folders)
    paths: list[str] = []
    labels: list[int] = []
    # File names are cheap: they are listed here, once. The images themselves stay on disk.
    for label, name in enumerate(class_names):
        for file in sorted(Path(directory, name).rglob("*")):
            if file.suffix.lower() in SUFFIXES and file.is_file():
                paths.append(str(file))
                labels.append(label)

    def decode(path: tf.Tensor, label: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        image = tf.io.decode_image(tf.io.read_file(path), channels=3)
        image = tf.image.resize(image, image_size)
        return tf.ensure_shape(image, (*image_size, 3)), label

    dataset = tf.data.Dataset.from_tensor_slices((paths, tf.constant(labels, tf.int32)))
    dataset = dataset.map(decode, num_parallel_calls=tf.data.AUTOTUNE)
    return dataset.batch(batch_size).prefetch(tf.data.AUTOTUNE), class_names
