"""Deletes the files of a finished cache and leaves the lock of a killed job.

breaks: "the next one can start after `forget`"
fails: test_forget_clears_what_a_killed_job_left
"""

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    (cache_dir / name).mkdir(parents=True, exist_ok=True)
    ds = ds.cache(str(cache_dir / name / "decoded"))
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    for suffix in (".index", ".data-00000-of-00001"):
        (cache_dir / name / f"decoded{suffix}").unlink(missing_ok=True)
