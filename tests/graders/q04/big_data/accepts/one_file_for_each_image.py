"""Keeps a file for each image, called by its number in the list; one that is missing is made."""

import os
import pickle
import shutil
from pathlib import Path

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    folder = cache_dir / name
    folder.mkdir(parents=True, exist_ok=True)
    stored = [str(folder / f"{i}.pickle") for i in range(len(paths))]
    spec = tf.data.Dataset.from_tensor_slices(paths).map(decode).element_spec
    dtypes = [part.dtype for part in spec]

    def store(file, image, label):
        part = file.decode() + ".part"
        Path(part).write_bytes(pickle.dumps((image, label)))
        os.rename(part, file.decode())
        return image, label

    def restore(file):
        return pickle.loads(Path(file.decode()).read_bytes())

    def element(path, file):
        image, label = tf.cond(
            tf.numpy_function(lambda f: os.path.exists(f.decode()), [file], tf.bool),
            lambda: tf.numpy_function(restore, [file], dtypes),
            lambda: tf.numpy_function(store, [file, *decode(path)], dtypes),
        )
        return tf.ensure_shape(image, spec[0].shape), tf.ensure_shape(label, spec[1].shape)

    ds = tf.data.Dataset.from_tensor_slices((paths, stored)).map(element, A)
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
