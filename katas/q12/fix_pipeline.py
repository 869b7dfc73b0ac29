"""An input pipeline that a GPU waits for. Find out why, and mend it."""

import numpy as np
import tensorflow as tf


def input_pipeline(images: np.ndarray, labels: np.ndarray, batch_size: int) -> tf.data.Dataset:
    """Batches of images and labels; as it is, it is slow.

    The images are scaled to 0 to 1, as float32, and those with label 1 are mirrored, left to
    right. The examples come in order, and the last batch may be smaller. All of that is to stay.

    What is to change is how it is done. The tests look at what the profiler sees of the pipeline,
    as you write it (tf.data's own optimizations are off):

    - There is no Python in it: a GPU waits for an interpreter that takes one image after the other.
    - The work is done by whole batches, or on several threads at once.
    - While a step runs, the next batch is prepared.

    Args:
        images: uint8, (examples, height, width, channels).
        labels: int32, (examples,), each 0 or 1.
        batch_size: 1 or more.

    Returns:
        A dataset of pairs: images, float32, (batch, height, width, channels), and their labels,
        int32, (batch,). It can be iterated again.
    """

    def prepare(image, label):
        scaled = image.astype("float32") / 255.0
        return scaled[:, ::-1] if label == 1 else scaled

    def augment(image, label):
        prepared = tf.numpy_function(prepare, [image, label], tf.float32)
        return tf.ensure_shape(prepared, image.shape), label

    examples = tf.data.Dataset.from_tensor_slices((images, labels))
    return examples.map(augment).batch(batch_size)
