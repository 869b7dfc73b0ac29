"""What `keras.utils.image_dataset_from_directory` does, built by hand from tf.data.

The utility is the oracle of the tests, so the point is not to call it. Once you have written it
yourself, you know what it does for you, and where you can step in when it does not do enough.
"""

import tensorflow as tf

SUFFIXES = (".bmp", ".gif", ".jpeg", ".jpg", ".png")


def load(
    directory: str, image_size: tuple[int, int], batch_size: int
) -> tuple[tf.data.Dataset, list[str]]:
    """The labelled images in `directory`, in batches, and the names of the classes.

    Classes: every folder that lies directly in `directory`, also an empty one, but none whose
    name starts with a dot ("_lost" is a class). Their names are sorted as plain strings, as
    `sorted` does; the label of a class is its place in that list, from 0.

    Images of a class: the files in its folder and in all folders below, at any depth, whose suffix
    is one of SUFFIXES, in lower or upper case; a dot at the beginning of their names, or of those
    folders' names, makes no difference. Other files are left out, and so are files that lie
    directly in `directory`.

    Args:
        directory: the folder with one folder for each class.
        image_size: height and width, to which every image is resized.
        batch_size: images in a batch; the last batch of a pass holds what is left.

    Returns:
        A dataset and the class names. An element of the dataset is a pair:
            images: float32 of shape (batch, height, width, 3), values from 0 to 255. Grey
                images and images with an alpha channel become three channels too; of an
                animated GIF the first frame is taken. Resized
                with bilinear interpolation, without antialiasing; the aspect ratio is not kept.
            labels: int32 of shape (batch,).
        The element_spec knows all these sizes but that of the batch, which is None.
        The order is the same in every pass: class after class, in the order of the names (so
            "bus" before "bus-stop"), and within a class by path.
        Files may come before or after the folders beside them: both count as by path.
        An image file is read when a pass gets to it, not before.
    """
    raise NotImplementedError
