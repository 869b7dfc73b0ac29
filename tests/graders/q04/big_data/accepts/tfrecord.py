"""Writes the images as tensors into a TFRecord file in a first step, and parses them."""

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    file = cache_dir / f"{name}.tfrecord"
    ds = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    spec = ds.element_spec
    if not file.exists():
        cache_dir.mkdir(parents=True, exist_ok=True)
        part = cache_dir / f"{name}.part"
        with tf.io.TFRecordWriter(str(part)) as writer:
            for image, label in ds:
                for tensor in (image, label):
                    writer.write(tf.io.serialize_tensor(tensor).numpy())
        part.rename(file)

    def parse(pair):
        image, label = (tf.io.parse_tensor(pair[i], spec[i].dtype) for i in (0, 1))
        return tf.ensure_shape(image, spec[0].shape), tf.ensure_shape(label, spec[1].shape)

    ds = tf.data.TFRecordDataset(str(file)).batch(2).map(parse, A)
    return ds.shuffle(shuffle_buffer).map(augment, A).batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    for suffix in ("tfrecord", "part"):
        (cache_dir / f"{name}.{suffix}").unlink(missing_ok=True)
