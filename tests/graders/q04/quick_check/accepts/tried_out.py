"""Most answers come from running the snippet."""

import tempfile

import tensorflow as tf

Dataset = tf.data.Dataset
MISSING_STAGE = "cache"

cached = Dataset.range(3).map(lambda _: tf.random.uniform(())).cache()
SAME_NUMBERS = bool(tf.reduce_all(tf.stack(list(cached)) == tf.stack(list(cached))))

counter = tf.Variable(0, dtype=tf.int64)
counted = Dataset.range(6).map(lambda x: counter.assign_add(1)).cache()
list(counted.take(2)), list(counted), list(counted)
LOADS = counter

LARGEST_FIRST = tf.reduce_max(list(Dataset.range(10).shuffle(3).take(1).repeat(99)))

with tempfile.TemporaryDirectory() as folder:
    file = folder + "/numbers"
    list(Dataset.range(3).cache(file).as_numpy_iterator())
    SECOND_PROGRAM = list(Dataset.range(10, 13).cache(file).as_numpy_iterator())

VALIDATION_LABELS = tf.constant([1, 1])

shuffled = Dataset.from_tensor_slices([0, 1] * 500).shuffle(1000).batch(100)
passes = [tf.concat(list(shuffled), axis=0) for _ in range(2)]
SHARE_RIGHT = round(float(tf.reduce_mean(tf.cast(passes[0] == passes[1], tf.float32))), 1)
