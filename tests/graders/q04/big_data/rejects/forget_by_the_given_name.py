"""Deletes the file with exactly the name that `cache` was given. There is none, since tf.data adds
suffixes.

breaks: "The next job decodes the images again", "the next one can start after `forget`"
fails: test_forget_clears_what_a_killed_job_left, test_forget_makes_the_next_epoch_decode
"""

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)

    cache_dir.mkdir(parents=True, exist_ok=True)
    ds = ds.cache(str(cache_dir / (name + ".cache")))
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    (cache_dir / (name + ".cache")).unlink(missing_ok=True)
