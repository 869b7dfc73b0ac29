"""Quick check: predict what TensorFlow does.

Replace every `...` by your prediction. The test runs the snippet and compares. Predict first;
running it is for afterwards. In all snippets, v1 is tf.compat.v1.
"""

# 1.  An old program is to run on TF2. Somebody has put one line on top of it:
#
#     v1.enable_eager_execution()
#     x = v1.placeholder(tf.float32, [None, 3])
#
# What does each of the two lines do? A list of two strings, each "fine" or "error".
EAGER_ON_TOP = ...

# 2.  with tf.Graph().as_default():
#         a = v1.get_variable("a", initializer=1.0)
#         v1.assign_add(a, 10.0)
#         with v1.Session() as session:
#             session.run(v1.global_variables_initializer())
#             first = session.run(a)
#
#     b = tf.Variable(1.0)
#
#     @tf.function
#     def read():
#         b.assign_add(10.0)
#         return b.read_value()
#
#     second = read()
#
# What are float(first) and float(second)? A list of two numbers.
NOBODY_FETCHED_IT = ...

# 3.  def sign(x):
#         if x > 0.0:
#             return 1.0
#         return -1.0
#
#     with tf.Graph().as_default():
#         sign(v1.placeholder(tf.float32, []))
#     tf.function(sign)(tf.constant(2.0))
#     tf.function(sign, autograph=False)(tf.constant(2.0))
#
# What does each of the three calls of sign do? A list of three strings, each "fine" or "error".
IF_ON_A_TENSOR = ...

# 4.  traces = 0
#
#     @tf.function
#     def double(n):
#         global traces
#         traces += 1
#         x = tf.constant(1.0)
#         for _ in range(n):
#             x *= 2.0
#         return x
#
#     double(3), double(4), double(5)
#
# What is traces now? And what would it be after
# double(tf.constant(3)), double(tf.constant(4)), double(tf.constant(5)) instead?
# A list of two numbers.
TRACES_OF_A_LOOP = ...

# 5.  def first_of(x):
#         tf.gather(x, 99)
#         return x[0]
#
#     x = tf.constant([1.0, 2.0])
#     first_of(x)
#     tf.function(first_of)(x)
#
# There is no element 99. What does each of the two calls do, on a CPU?
# A list of two strings, each "fine" or "error".
UNUSED_ERROR = ...

# 6.  with tf.Graph().as_default(), v1.Session() as session:
#         v1.get_variable("w", initializer=5.0)
#         session.run(v1.global_variables_initializer())
#         v1.train.Saver().save(session, "old.ckpt")
#
#     a = tf.Variable(1.0, name="w")
#     b = tf.Variable(1.0, name="b")
#     tf.train.Checkpoint(w=b, b=a).restore("old.ckpt")
#
# What are float(a) and float(b)? A list of two numbers; or "error", if you think that the last
# line fails.
RESTORED = ...

# 7.  def halved(x):
#         return tf.while_loop(lambda x: x > 1.0, lambda x: x / 2.0, [x])
#
#     tf.function(halved)(tf.constant(8.0))
#     halved(tf.constant(8.0))
#
# The body returns a tensor, not a list of one. What does each of the two calls do?
# A list of two strings, each "fine" or "error".
ONE_LOOP_VARIABLE = ...
