"""Quick check: what TensorFlow does, and why."""

# 1. Eager calls run the assignment each time, and self.total is a new tensor each time: 6, 12.
# The layer is wrong, but not here.
EAGER_TOTAL = 12.0

# 2. Python ran once, while the function was traced, and bound self.total to the tensor that
# stands for the sum in the graph. The second call runs the graph and no Python: no error, and
# no sum. float(layer.total) would raise, and so would the next eager call.
COMPILED_TOTAL = "symbolic tensor"

# 3. Keras tracks keras.Variables only, so it neither counts nor saves this one. The tape watches
# every trainable tf.Variable, and tf.Variable is trainable unless told otherwise.
RAW_VARIABLE = [0, 1]

# 4. The tape watches b unasked: a trainable variable. d was computed from b, so it is known.
# Nobody told the tape of a, and c is not trainable.
HAS_GRADIENT = [False, True, False, True]

# 5. tf.Variable refuses and recommends assign_add. keras.Variable has no in-place addition, so
# Python binds k to the sum, a tensor: the variable keeps its value and has lost its name.
PLUS_EQUALS = ["error", "tensor"]

# 6. The list is filled once, while the step is traced. In the graph, the velocity before a step
# is the constant that the list held at that time, zeros: 1.0 - 3 * 0.1, plain gradient descent.
FITTED_WEIGHT = 0.7
