"""What `keras.utils.image_dataset_from_directory` does, built by hand from tf.data."""

import tensorflow as tf

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def load(
    directory: str, image_size: tuple[int, int], batch_size: int
) -> tuple[tf.data.Dataset, list[str]]:
    """Load the labelled images in `directory`, as the utility does with `shuffle=False`.

    >>> grey = tf.io.encode_png(tf.fill([8, 8, 3], tf.constant(7, tf.uint8)))
    >>> for file in ("car/3.png", "bus/1.png", "bus/night/2.PNG", "bus/notes.txt"):
    ...     tf.io.write_file(file, grey)
    >>> dataset, names = load(".", (4, 6), batch_size=2)
    >>> names
    ['bus', 'car']
    >>> [(images.shape, labels.numpy().tolist()) for images, labels in dataset]
    [(TensorShape([2, 4, 6, 3]), [0, 0]), (TensorShape([1, 4, 6, 3]), [1])]

    The utility is the oracle of the tests, so do not call it. The order of folders below a
    class is up to you.

    - Every folder directly in `directory` is a class.
    - Its label is the place of its name in the sorted list of names.
    - The images of a class lie in its folder and in all folders below.
    - An image is told by its suffix, in lower or upper case.
    - The order is the same in every pass: class by class, and by name within a folder.
    - Every pass reads an image file when it gets to it.

    Args:
        image_size: height and width.

    Returns:
        A dataset of pairs `(images, labels)`, and the list of class names. Its shapes are
        (None, height, width, 3) and (None,), its dtypes float32 and int32. The pixels are those
        of the utility: from 0 to 255, resized with `bilinear`, without antialiasing. Images
        with one or four channels get three. The last batch holds what is left.

    Beyond the idea:
        - A folder without images is a class.
        - A folder whose name starts with a dot is no class.
        - Any other name is a class, such as `_lost` or `van [old]`.
        - Classes are sorted by name, not by path, so `bus` comes before `bus-stop`.
        - Files and folders below a class count also if their names start with a dot.
        - Only files are images, and only those in class folders.
        - BMP and GIF work, too; a GIF gives its first frame.
    """
    raise NotImplementedError
