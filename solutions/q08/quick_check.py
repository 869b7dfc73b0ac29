"""Quick check: predict what TensorFlow does."""

# 1.  A machine has no GPU; TensorFlow was told to show its CPU as four logical devices.
#
#     strategy = tf.distribute.MirroredStrategy()
#
# What is strategy.num_replicas_in_sync? A number.
REPLICAS = 4

# 2.  The same machine. "CPU:0" is the device that TensorFlow takes by default.
#
#     with tf.device("CPU:1"):
#         layer = keras.layers.Dense(3)
#     layer(tf.ones([2, 4]))
#
# Which device is the kernel on? "CPU:0" or "CPU:1"
KERNEL = "CPU:0"

# 3.  strategy = tf.distribute.MirroredStrategy(["CPU:0", "CPU:2"])
#     with strategy.scope():
#         with tf.device("CPU:1"):
#             variable = tf.Variable(1.0)
#
# Which devices have a copy of it? A list of names, in order of their numbers.
COPIES = ["CPU:0", "CPU:2"]

# 4.  A replica computes one gradient on each of two devices, with MirroredStrategy:
#
#     with strategy.scope():
#         variable = tf.Variable(0.0)
#
#     @tf.function
#     def replica():
#         replica_id = tf.distribute.get_replica_context().replica_id_in_sync_group
#         variable.assign_add(tf.cast(replica_id, tf.float32) + 1.0)
#
#     strategy.run(replica)
#
# What are the values of the two copies? A list of two numbers, or "error".
VALUES = [1.0, 2.0]

# 5.  A machine without a GPU, and TensorFlow's settings as they are:
#
#     with tf.device("GPU:1"):
#         x = tf.constant(1.0) + 1.0
#
# What happens? "error", or the device that x is on, such as "GPU:1".
NO_SUCH_DEVICE = "CPU:0"

# 6.  parallel = keras.distribution.DataParallel(devices=["cpu:0", "cpu:1"])
#     keras.distribution.set_distribution(parallel)
#     layer = keras.layers.Dense(3)
#     layer.build([2, 4])
#
# With TensorFlow as Keras' backend, on how many devices is the kernel? A number, or "error".
KERAS_DISTRIBUTION = 1
