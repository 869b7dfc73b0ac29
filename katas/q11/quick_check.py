"""Quick check: predict what Keras does.

Replace every `...` by your prediction. The test runs the snippet and compares. Predict first;
running it is for afterwards.
"""

# All snippets begin with
#
#     from keras import Input, Sequential, layers

# 1.  model = Sequential([layers.Dense(4, activation="relu"), layers.Dense(2)])
#     before = len(model.weights)
#     model(np.zeros([5, 3]))
#     after = len(model.weights)
#
# What are before and after? A list of two numbers.
WEIGHTS = ...

# 2.  x = Input([3])
#     dense = layers.Dense(3)
#     functional = keras.Model(x, dense(dense(x)) * 2.0)
#     sequential = Sequential([Input([3]), layers.Dense(3), layers.Dense(3)])
#
# What are len(functional.layers) and len(sequential.layers)? A list of two numbers.
LAYERS = ...

# 3.  dense = layers.Dense(3)
#     model = Sequential([Input([3]), dense, dense])
#     model.save("a.keras")
#     again = keras.models.load_model("a.keras")
#
# Does this raise an exception, and where? And if not: does `again` give the outputs of `model`?
# "error in Sequential", "error in save", "error in load_model", "same outputs" or "other outputs"
SHARED_IN_SEQUENTIAL = ...

# 4.  a, b, c = Input([3]), Input([2]), Input([4])
#     join = keras.Model([a, b], layers.Concatenate()([a, b]))
#     split = keras.Model(c, {"y": layers.Dense(1)(c), "z": layers.Dense(2)(c)})
#     model = Sequential([join, layers.Dense(4), split])
#     model.compile("sgd", loss={"y": "mse", "z": "mse"})
#     model.fit([a_data, b_data], {"y": y_data, "z": z_data})
#
# Two inputs, two outputs, and a Sequential. What happens?
# "error in Sequential", "error in compile", "error in fit" or "it trains"
TWO_IN_TWO_OUT = ...

# 5.  x = Input([3])
#
#     keras.ops.relu(x)
#     tf.nn.relu(x)
#     x * 2.0
#     x if x[0, 0] > 0 else -x
#
# Which of the four lines work on what Input returns? A list of four times True or False.
WORKS = ...

# 6.  class Halve(keras.Model):
#         def call(self, x):
#             while tf.reduce_max(x) > 1.0:
#                 x = x / 2.0
#             return x
#
#     x = tf.constant([[8.0]])
#
#     Halve()(x)
#     Halve().predict(x)
#     tf.function(Halve())(x)
#
# Which of the three calls work? A list of three times True or False.
PYTHON_LOOP = ...

# 7.  model = Sequential([layers.Dense(4), layers.Dense(2)])
#     first, x = model.layers[0], np.zeros([5, 3])
#
#     keras.Model(model.inputs, first.output)    before any data
#
#     model(x)
#     keras.Model(model.inputs, first.output)    now
#     keras.Model(model.input, first.output)     the same, without an s
#
# Which of the three calls of keras.Model work? A list of three times True or False.
INNER_OUTPUTS = ...
