"""Glues folder and name together without a separator, so the files lie beside the folder.

breaks: "the decoded images are in files in `cache_dir`"
fails: test_first_epoch_writes_the_decoded_images
"""

import glob
import os

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)

    cache_dir.mkdir(parents=True, exist_ok=True)
    ds = ds.cache(f"{cache_dir}{name}.cache")
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    for file in glob.glob(glob.escape(f"{cache_dir}{name}.cache") + "*"):
        os.remove(file)
