"""Clears the folder when a process uses it for the first time.

breaks: "A later job does not either"
fails: test_second_job_reads_no_image_file
"""

import shutil

import tensorflow as tf

CLEARED = set()


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    folder = cache_dir / name
    if folder not in CLEARED:
        shutil.rmtree(folder, ignore_errors=True)
        CLEARED.add(folder)
    folder.mkdir(parents=True, exist_ok=True)
    dataset = tf.data.Dataset.from_tensor_slices(paths)
    dataset = dataset.map(decode, num_parallel_calls=tf.data.AUTOTUNE)
    dataset = dataset.cache(str(folder / "decoded")).shuffle(shuffle_buffer)
    dataset = dataset.map(augment, num_parallel_calls=tf.data.AUTOTUNE)
    return dataset.batch(batch_size).prefetch(tf.data.AUTOTUNE)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
