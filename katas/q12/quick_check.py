"""Quick check: predict what TensorFlow does.

Replace every `...` by your prediction. The test runs the snippet and compares. Predict first;
running it is for afterwards.
"""

# In all questions, profiler is tf.profiler.experimental, and step is a tf.function that has been
# called before.

# 1.  with profiler.Profile(logdir):
#         for batch in dataset.take(4):
#             step(batch)
#
# How many steps does the overview page list? A number.
STEPS_WITHOUT_MARKERS = ...

# 2.  slow = dataset.map(takes_a_tenth_of_a_second)
#     with profiler.Profile(logdir):
#         for number, batch in enumerate(slow.take(3)):
#             with profiler.Trace("train", step_num=number, _r=1):
#                 step(batch)
#
# The step itself takes about a millisecond. Which share of the step time does the input pipeline
# analyzer put down to the input? "most", or "next to nothing"
INPUT_BEFORE_THE_MARKER = ...

# 3.  with profiler.Profile(logdir):
#         for _ in range(10):
#             tf.matmul(x, x)
#
# Eagerly, on a CPU. How often does the table of framework_op_stats say that MatMul ran? A number.
EAGER_OPERATIONS = ...

# 4.  callback = keras.callbacks.TensorBoard(logdir, profile_batch=(2, 4))
#     model.fit(x, y, batch_size=1, callbacks=[callback])
#
# There are 6 batches. How many steps does the overview page list? A number.
STEPS_OF_THE_CALLBACK = ...

# 5.  for batch in tf.data.Dataset.range(8).batch(2).map(lambda x: x + 1):
#         ...
#
# Which stage does the profiler see, "Map" or "ParallelMap"?
STAGE = ...

# 6.  profiler.start(logdir)
#     profiler.start(another_logdir)
#
# What does the second line do? "nothing", "starts another one" or "raises"
TWO_PROFILERS = ...
