"""Seven predictions about tf.function, with the reasons."""

# 1. Tensors and NumPy values become inputs of the graph: dtype and shape are what counts.
#    The value of a Python number is part of what the trace is made for.
PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS = [1, 1, 3]

# 2. AutoGraph turns the `if` into an op that holds both branches. Nothing is traced again
#    when the condition changes.
PRINTS_FOR_A_BRANCH = 1

# 3. The second call runs the graph, in which scale is the constant 2.0. The third has a new
#    shape, is traced, and looks scale up again: one function, two graphs, two scales.
A_B_AND_C = [2.0, 2.0, 10.0]

# 4. One trace per size; the second size makes a graph for all of them; the signature does so
#    from the start.
TRACES_FOR_BATCH_SIZES = [4, 2, 1]

# 5. The graph holds the variable that `weight` stood for while it was traced.
FIRST_AND_SECOND = [2.0, 0.0]

# 6. fit compiles its step already. With run_eagerly=True, Python runs in each of 4 steps.
PYTHON_RUNS_IN_FIT = [1, 4]

# 7. The tensor that is traced is symbolic. It has a dtype and a shape, and no value to hand out.
NUMPY_IN_A_FUNCTION = "AttributeError"
