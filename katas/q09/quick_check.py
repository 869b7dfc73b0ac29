"""Quick check: predict what TensorFlow does.

Replace every `...` by your prediction. The test runs the snippet and compares. Predict first;
running it is for afterwards.
"""

# Questions 1 and 2 are about this layer, which keeps its state in a plain tensor:
#
#     class Total(keras.layers.Layer):
#         def __init__(self):
#             super().__init__()
#             self.total = tf.constant(0.0)
#
#         def call(self, inputs):
#             self.total = self.total + tf.reduce_sum(inputs)
#             return inputs
#
#     x = tf.constant([1.0, 2.0, 3.0])

# 1.  layer = Total()
#     layer(x)
#     layer(x)
#
# What is float(layer.total)? A number.
EAGER_TOTAL = ...

# 2.  layer = Total()
#     compiled = tf.function(layer)
#     compiled(x)
#     compiled(x)
#
# What is layer.total now, or do the calls fail?
# "zero", "six", "twelve", "symbolic tensor" or "error"
COMPILED_TOTAL = ...

# 3.  class Raw(keras.layers.Layer):
#         def __init__(self):
#             super().__init__()
#             self.total = tf.Variable(0.0)
#
#         def call(self, inputs):
#             self.total.assign_add(tf.reduce_sum(inputs))
#             return inputs * self.total
#
#     layer = Raw()
#     with tf.GradientTape() as tape:
#         layer(x)
#
# What are len(layer.weights) and len(tape.watched_variables())? A list of two numbers.
RAW_VARIABLE = ...

# 4.  a = tf.constant(2.0)
#     b = tf.Variable(2.0)
#     c = tf.Variable(2.0, trainable=False)
#     with tf.GradientTape() as tape:
#         d = 3.0 * b
#         y = a * c * d
#     gradients = tape.gradient(y, [a, b, c, d])
#
# For which of a, b, c, d is there a gradient, that is, one that is not None?
# A list of four times True or False.
HAS_GRADIENT = ...

# 5.  v = tf.Variable(1.0)
#     v += 1.0
#
#     k = keras.Variable(1.0)
#     k += 1.0
#
# What is v afterwards, what is k? A list of two strings, each one of
# "variable", "tensor" or "error" (for a line that raises an exception)
PLUS_EQUALS = ...

# 6.  class ListMomentum(keras.optimizers.Optimizer):
#         def build(self, variables):
#             super().build(variables)
#             self.velocities = [tf.zeros(v.shape) for v in variables]
#
#         def update_step(self, gradient, variable, learning_rate):
#             i = self._get_variable_index(variable)
#             self.velocities[i] = 0.5 * self.velocities[i] + gradient
#             variable.assign_sub(learning_rate * self.velocities[i])
#
# A model with a single weight w = 1.0 is compiled with ListMomentum(0.1). The gradient of its
# loss is 1.0, wherever w is. Three steps in an eager loop lead to
# 1.0 - 0.1 * (1.0 + 1.5 + 1.75) = 0.575. Now model.fit takes three steps, from w = 1.0 again.
#
# What is w? A number.
FITTED_WEIGHT = ...
