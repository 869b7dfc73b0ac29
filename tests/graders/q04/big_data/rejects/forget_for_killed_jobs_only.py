"""Takes `forget` for a cleaner of what killed jobs left, and keeps a finished cache.

breaks: "The next job decodes the images again"
fails: test_forget_makes_the_next_epoch_decode
"""

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    (cache_dir / name).mkdir(parents=True, exist_ok=True)
    ds = ds.cache(str(cache_dir / name / "decoded"))
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    for ending in (".lockfile", ".tempstate*"):
        for file in (cache_dir / name).glob(f"*{ending}"):
            file.unlink()
