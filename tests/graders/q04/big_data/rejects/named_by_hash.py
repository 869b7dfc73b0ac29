"""Names the folder by Python's `hash` of the name, which is another number in every process.

breaks: "in another process"
fails: test_second_job_reads_no_image_file
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def folder_of(cache_dir, name):
    return cache_dir / f"{hash(name) % 2**32:08x}"


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    folder = folder_of(cache_dir, name)
    folder.mkdir(parents=True, exist_ok=True)
    ds = ds.cache(str(folder / "decoded"))
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(folder_of(cache_dir, name), ignore_errors=True)
