"""The images are shared out evenly over the batches.

breaks: "how many images a batch has"
fails: test_the_examples_stay_the_same
"""

import numpy as np
import tensorflow as tf


def input_pipeline(images: np.ndarray, labels: np.ndarray, batch_size: int) -> tf.data.Dataset:
    mirrored = np.where((labels == 1)[:, None, None, None], images[:, :, ::-1], images)
    prepared = mirrored.astype("float32") / np.float32(255)
    batches = max(1, -(-len(images) // batch_size))
    batch_size = max(1, -(-len(images) // batches))
    examples = tf.data.Dataset.from_tensor_slices((prepared, labels))
    return examples.batch(batch_size).prefetch(tf.data.AUTOTUNE)
