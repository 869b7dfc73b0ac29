"""An input pipeline that a GPU waits for."""

import numpy as np
import tensorflow as tf


def input_pipeline(images: np.ndarray, labels: np.ndarray, batch_size: int) -> tf.data.Dataset:
    """Batches of images, uint8 in (examples, height, width, channels), and labels, int32 0 or 1.

    >>> images = np.array([[[[0], [255]]], [[[0], [255]]]], "uint8")
    >>> for batch, labels in input_pipeline(images, np.array([0, 1], "int32"), batch_size=4):
    ...     print(batch.numpy()[..., 0].tolist(), labels.numpy())
    [[[0.0, 1.0]], [[1.0, 0.0]]] [0 1]

    What it gives is right, and stays as it is:

    - Images are scaled to 0 to 1.
    - Images with label 1 are mirrored, left to right.
    - The examples come in order, and not by luck.

    How it works is slow, and changes:

    - It has no Python in it.
    - Images are prepared by whole batches, or on several threads at once.
    - There is no loop over the images of a batch.
    - The thread that asks for a batch only fetches it. Other threads have read, prepared and
      batched it.

    All images may be prepared in advance, with NumPy.

    Args:
        images: stay unchanged, and so do the labels.
        batch_size: how many images a batch has; the last one may have fewer.

    Returns:
        A dataset of pairs, images as float32 and labels as int32. It ends, and it can be iterated
        again.
    """

    def prepare(image, label):
        scaled = image.astype("float32") / 255.0
        return scaled[:, ::-1] if label == 1 else scaled

    def augment(image, label):
        prepared = tf.numpy_function(prepare, [image, label], tf.float32)
        return tf.ensure_shape(prepared, image.shape), label

    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.map(augment).batch(batch_size)
