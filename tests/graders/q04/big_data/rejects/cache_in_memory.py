"""Keeps the images in memory with the usual `cache()`. They do not fit into it, and are gone with
the process.

breaks: "the decoded images are in files", "A later job does not either"
fails: test_first_epoch_writes_the_decoded_images, test_names_keep_caches_apart, test_names_that_begin_or_end_alike, test_second_job_reads_no_image_file
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    ds = ds.cache()
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
