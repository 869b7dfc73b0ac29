"""Writes a TFRecord file in the first pass, and trusts it as soon as it exists.

breaks: "is not taken for a whole one"
fails: test_pass_that_ended_early_is_not_trusted
"""

import shutil

import tensorflow as tf

A = tf.data.AUTOTUNE


def train_dataset(paths, decode, augment, batch_size, shuffle_buffer, cache_dir, name):
    file = cache_dir / name / "decoded.tfrecord"
    decoded = tf.data.Dataset.from_tensor_slices(paths).map(decode, A)
    spec = decoded.element_spec

    def records():
        if file.exists():
            yield from tf.data.TFRecordDataset(str(file)).batch(2).as_numpy_iterator()
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        with tf.io.TFRecordWriter(str(file)) as writer:
            for element in decoded:
                pair = [tf.io.serialize_tensor(tensor).numpy() for tensor in element]
                for record in pair:
                    writer.write(record)
                yield pair

    def parse(pair):
        image, label = (tf.io.parse_tensor(pair[i], spec[i].dtype) for i in (0, 1))
        return tf.ensure_shape(image, spec[0].shape), tf.ensure_shape(label, spec[1].shape)

    ds = tf.data.Dataset.from_generator(records, output_signature=tf.TensorSpec((2,), tf.string))
    ds = ds.map(parse).shuffle(shuffle_buffer).map(augment, A)
    return ds.batch(batch_size).prefetch(A)


def forget(cache_dir, name):
    shutil.rmtree(cache_dir / name, ignore_errors=True)
