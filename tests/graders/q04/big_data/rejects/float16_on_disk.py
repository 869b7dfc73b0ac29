"""Writes float16 and halves the cache: the pixels are others than those that were decoded.

breaks: "The images and labels are exactly those"
fails: test_second_epoch_reads_no_image_file
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    (cache_dir / name).mkdir(parents=True, exist_ok=True)
    spec = ds.element_spec[0]

    def smaller(image, label):
        return (tf.cast(image, tf.float16) if image.dtype == tf.float32 else image), label

    ds = ds.map(smaller, A).cache(str(cache_dir / name / "decoded"))
    ds = ds.map(lambda image, label: (tf.cast(image, spec.dtype), label), A)
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
