"""Quick check: predict what TensorFlow and Keras do.

Replace every `...` by your prediction. The test runs the snippet and compares. Predict first;
running it is for afterwards.
"""

# 1.  class Raw(keras.layers.Layer):
#         def __init__(self, **kwargs):
#             super().__init__(**kwargs)
#             self.number = tf.Variable(1.0)
#
#         def call(self, inputs):
#             return inputs * self.number
#
# A model with this layer, registered, gets number.assign(5.0) and is stored twice: by
# model.save("m.keras") and by tf.train.Checkpoint(model=model).write("ckpt"). Then the number is
# read from load_model("m.keras"), and from a new model into which the checkpoint was read.
#
# Which numbers are these? A list of two numbers: from the .keras file, from the checkpoint.
STORED = ...

# 2.  class One(keras.layers.Layer):
#         def __init__(self, factor, **kwargs):
#             super().__init__(**kwargs)
#             self.factor = factor
#
#         def call(self, inputs):
#             return inputs * self.factor
#
#         def get_config(self):
#             return {**super().get_config(), "factor": self.factor}
#
#     @keras.saving.register_keras_serializable()
#     class Two(keras.layers.Layer):
#         (as One, but without get_config)
#
#     @keras.saving.register_keras_serializable()
#     class Three(keras.layers.Layer):
#         (as One, but __init__(self, factor) calls super().__init__())
#
# A model with One(2.0), one with Two(2.0) and one with Three(2.0) are each saved as .keras, in
# the process that loads them again. For which does load_model(path) give a model?
# A list of three times True or False.
LOADS = ...

# 3.  ids = keras.Input([1], dtype="int32")
#     rows = keras.layers.Embedding(10, 4)(ids)
#     score = keras.ops.sum(rows * rows, axis=1)
#     model = keras.Model(ids, score)
#
# What is model.output_shape[1]? A number, None or "error".
WIDTH = ...

# 4.  def double(x):
#         return 2.0 * x
#
#     @keras.saving.register_keras_serializable()
#     def twice(x):
#         return 2.0 * x
#
#     layers = [
#         Lambda(lambda x: 2.0 * x), Lambda(double), Lambda(twice), Activation(keras.ops.log1p)
#     ]
#
# A model with each of them is saved as .keras, in the process that loads it again. For which
# does load_model(path) give a model? A list of four, each True or False.
LAMBDAS = ...

# 5.  v = keras.Variable(3.0)
#     first = Lambda(lambda x: x * v)
#
#     second = Lambda(lambda x: x * second.factor)
#     second.factor = keras.Variable(3.0)
#
# Both are called once. What are len(first.trainable_weights) and len(second.trainable_weights)?
# A list of two numbers.
WEIGHTS_OF_LAMBDAS = ...

# 6.  model = keras.Sequential([keras.Input([1], dtype="int32"), Embedding(5, 3), Dense(1)])
#     model.compile("adam", "mse")
#     model.fit(one batch with the ids 1 and 2)
#     model.fit(one batch with the id 3)
#
# Does the second fit move row 0 of the embedding table, and rows 1, 2, 3, 4? A list of five, each
# True or False.
MOVED = ...
