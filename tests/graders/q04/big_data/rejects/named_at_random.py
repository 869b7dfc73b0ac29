"""Makes a temporary folder in `cache_dir` for every dataset.

breaks: "A later job does not either"
fails: test_names_keep_caches_apart, test_names_that_begin_or_end_alike, test_second_job_reads_no_image_file
"""

import shutil
import tempfile

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)

    (cache_dir / name).mkdir(parents=True, exist_ok=True)
    ds = ds.cache(tempfile.mkdtemp(dir=cache_dir / name) + "/decoded")
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
