"""Quick check: what TensorFlow and Keras do, and why."""

# 1. Keras 3 tracks keras.Variables only, so the file has nothing of this one, and loading starts
# it again at 1.0 without a word. tf.train.Checkpoint follows attributes and finds tf.Variables.
STORED = [1.0, 5.0]

# 2. One is not registered: its name cannot be looked up, whatever get_config says. Two is found,
# and Keras itself had noted down the argument. Three is found, and its constructor is handed a
# name, a dtype and trainable, which it does not take.
LOADS = [False, True, False]

# 3. The rows have the shape [batch, 1, 4]. Axis 1 is the one with a single entry; its sum leaves
# the 4 products as they are. The dot product is the sum over axis -1.
WIDTH = 4

# 4. A Python lambda is written as bytecode, which safe mode does not run. A function is written as
# its name, and that is looked up among the registered ones and Keras's activations. relu is one of
# these, log1p is not.
LAMBDAS = [False, False, True, False]

# 5. The first one's variable is out of sight, in a closure. The second one's was assigned to an
# attribute of the layer, and Keras tracks that, in a Lambda as in any layer.
WEIGHTS_OF_LAMBDAS = [0, 1]

# 6. Rows 1 and 2 have a running mean of their gradients that is not zero yet, and Adam steps along
# that mean, whether the batch names them or not.
MOVED = [False, True, True, True, False]
