"""Quick check: what Keras does, and why."""

# 1. Nobody said how wide the input is, so there is nothing to make a kernel of: not before the
# first batch. Then there are two kernels and two biases.
WEIGHTS = [0, 4]

# 2. A functional model lists its InputLayer and each layer once, however often it is called; the
# product is an operation, and no layer. A Sequential lists what it was given, without the Input.
LAYERS = [2, 2]

# 3. It computes the right thing, until it is loaded: by then, the layer stands in the line once.
# There is no error and no warning.
SHARED_IN_SEQUENTIAL = "other outputs"

# 4. A Sequential wants a line, not one tensor at each end. Its first layer may be a model that
# takes two tensors, its last one a model that gives two.
TWO_IN_TWO_OUT = "it trains"

# 5. The tensor has a shape and no values. Layers, keras.ops and operators record a step of the
# graph. TensorFlow's functions want a tensor of TensorFlow's, and Python's `if` wants a value.
WORKS = [True, False, True, False]

# 6. With values at hand Python decides. predict and tf.function trace call, and Keras traces it as
# it is written, without AutoGraph; that tf.function stands outside makes no difference.
PYTHON_LOOP = [True, False, False]

# 7. A part of a graph needs the graph. A Sequential has one when it has been built, and `inputs` is
# where it starts. `input` belongs to a call of the model itself, as a layer in another model.
INNER_OUTPUTS = [False, True, False]
