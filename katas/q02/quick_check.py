"""Quick check: predict what TensorFlow and TensorBoard do.

Replace every `...` by your prediction. The test runs the snippet and compares. Predict first;
running it is for afterwards.
"""

# In all questions, tf.summary.create_file_writer(logdir) made `writer`, and it is flushed at the
# end.

# 1.  model = keras.Sequential([
#         keras.Input([3]), keras.layers.Dense(4), keras.layers.Dense(1)
#     ])
#     with writer.as_default(step=1):
#         for variable in model.trainable_variables:
#             tf.summary.histogram(variable.name, variable)
#
# How many tags does TensorBoard find? A number.
TAGS_BY_NAME = ...

# 2.  calls = 0
#
#     @tf.function
#     def train():
#         global calls
#         calls += 1
#         with writer.as_default():
#             tf.summary.scalar("loss", 0.5, step=calls)
#
#     for _ in range(4):
#         train()
#
# At which steps does the tag loss have its points? A list of four numbers.
STEPS_IN_A_GRAPH = ...

# 3.  @tf.function
#     def train(step):
#         tf.summary.scalar("loss", 0.5, step=step)
#
#     train(tf.constant(0, tf.int64))              # to compile it, before there is a writer
#     with writer.as_default():
#         for step in tf.range(4, dtype=tf.int64):
#             train(step)
#
# How many points does the tag loss have? A number.
POINTS_OF_A_COMPILED_STEP = ...

# 4.  @tf.function
#     def score(x):
#         return tf.reduce_sum(tf.nn.softplus(x))
#
#     x = tf.ones([2])
#     score(x)
#     tf.summary.trace_on(graph=True)
#     score(x)
#     with writer.as_default():
#         tf.summary.trace_export("graph", step=0)
#
# Is there an op of kind Softplus in the graph that TensorBoard shows? True or False
SHOWS_SOFTPLUS = ...

# 5.  with writer.as_default():
#         for step in range(200):
#             tf.summary.scalar("loss", 0.5, step=step)
#
#     run = EventAccumulator(logdir)               # from tensorboard
#     run.Reload()
#
# What is len(run.Tensors("loss"))? A number.
POINTS_READ = ...

# 6.  tiny = tf.constant([3e-8, 4e-8])             # a gradient that has all but vanished
#     clipped, _ = tf.clip_by_global_norm([tiny], 1.0)
#
# Is clipped[0] "smaller" than tiny, "larger", or "the same"?
CLIPPED = ...

# 7.  network = keras.Sequential([keras.Input([20])])
#     for _ in range(12):
#         network.add(keras.layers.Dense(
#             32, activation="sigmoid", kernel_initializer="he_normal"
#         ))
#     network.add(keras.layers.Dense(1))
#
# By default, the gradient of the first kernel has less than a millionth of the last one's norm.
# With "he_normal", does it have at least a hundredth? True or False
CURED_BY_INITIALIZATION = ...
