"""What does TensorFlow do here? Predict first, without running it: replace every `...`.

Dataset = tf.data.Dataset
"""

# 1 -- The dataset of the utility.
#
#     keras.utils.image_dataset_from_directory("images", batch_size=4)
#
# Which of these stages is not in the dataset that it gives?
# "parallel map", "shuffle", "cache", "batch" or "prefetch"
MISSING_STAGE = ...

# 2 -- Random numbers and a cache.
#
#     dataset = Dataset.range(3).map(lambda _: tf.random.uniform(())).cache()
#     first, second = list(dataset), list(dataset)
#
# Are the numbers of the second pass those of the first? True or False
SAME_NUMBERS = ...

# 3 -- A look at the first elements. `load` is a Python function; TensorFlow calls it for every
# element that the map makes.
#
#     dataset = Dataset.range(6).map(lambda x: tf.numpy_function(load, [x], tf.int64)).cache()
#     list(dataset.take(2))
#     list(dataset)
#     list(dataset)
#
# How often has `load` been called in the end?
LOADS = ...

# 4 -- A small shuffle buffer.
#
#     dataset = Dataset.range(10).shuffle(3)
#
# What is the largest number that can come first?
LARGEST_FIRST = ...

# 5 -- A cache file. Each line runs in a program of its own, one after the other.
#
#     print(list(Dataset.range(3).cache("/tmp/numbers").as_numpy_iterator()))
#     print(list(Dataset.range(10, 13).cache("/tmp/numbers").as_numpy_iterator()))
#
# What does the second program print? A list of three numbers
SECOND_PROGRAM = ...

# 6 -- The split of the utility. There are three images in images/cat and three in images/dog.
#
#     keras.utils.image_dataset_from_directory(
#         "images", validation_split=1 / 3, subset="validation", shuffle=False
#     )
#
# Which labels do the two validation images have? cat is 0, dog is 1. A list of two numbers
VALIDATION_LABELS = ...

# 7 -- A model that is always right. Its labels are 0 and 1, half of each.
#
#     labels = tf.constant([0, 1] * 500)
#     dataset = Dataset.from_tensor_slices(labels).shuffle(1000).batch(100)
#     right_answers = tf.concat([batch for batch in dataset], axis=0)
#     predictions = tf.concat([batch for batch in dataset], axis=0)
#
# Which part of its predictions agrees with the right answers: about 1.0, 0.5 or 0.0?
SHARE_RIGHT = ...
