"""Writes the pixels as whole numbers from 0 to 255, a quarter of the size, and not what was
decoded.

breaks: "The images and labels are exactly those"
fails: test_first_epoch_writes_the_decoded_images, test_second_epoch_reads_no_image_file
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    (cache_dir / name).mkdir(parents=True, exist_ok=True)
    dtype = ds.element_spec[0].dtype
    ds = ds.map(lambda image, label: (tf.image.convert_image_dtype(image, tf.uint8), label), A)
    ds = ds.cache(str(cache_dir / name / "decoded"))
    ds = ds.map(lambda image, label: (tf.image.convert_image_dtype(image, dtype), label), A)
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
