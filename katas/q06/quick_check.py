"""What does tf.function do here? Predict first, without running it: replace every `...`.

'What holds today' in the README tells the answers, so read it later.
"""

# 1. How often does this function print in each of the three lines of calls? It is defined
#    anew before each line. A list of three numbers.
#
#        @tf.function
#        def double(x):
#            print("here")
#            return 2 * x
#
#        double(tf.constant(1.0)), double(tf.constant(2.0)), double(tf.constant(3.0))
#        double(np.float32(1.0)), double(np.float32(2.0)), double(np.float32(3.0))
#        double(1.0), double(2.0), double(3.0)
PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS = ...

# 2. How often does this function print in the three calls, all together? A number.
#
#        @tf.function
#        def direction(x):
#            print("here")
#            if tf.reduce_sum(x) > 0:
#                return 1
#            return -1
#
#        direction(tf.constant([1.0, 2.0]))
#        direction(tf.constant([-1.0, -2.0]))
#        direction(tf.constant([3.0, 4.0]))
PRINTS_FOR_A_BRANCH = ...

# 3. Which numbers are a, b and c? A list of three numbers.
#
#        scale = 2.0
#
#        @tf.function
#        def scaled(x):
#            return tf.reduce_sum(scale * x)
#
#        a = scaled(tf.constant([1.0]))
#        scale = 10.0
#        b = scaled(tf.constant([1.0]))
#        c = scaled(tf.constant([0.5, 0.5]))
A_B_AND_C = ...

# 4. How often is this function traced, if it is called with batches of 64, 64, 37, 12 and 50
#    examples and decorated with (i) @tf.function, (ii) @tf.function(reduce_retracing=True),
#    (iii) @tf.function(input_signature=[tf.TensorSpec([None, 4])])? A list of three numbers.
#
#        def mean_of_squares(batch):  # shape [examples, 4]
#            return tf.reduce_mean(batch**2)
TRACES_FOR_BATCH_SIZES = ...

# 5. What are the values of `first` and of `second` at the end? A list of two numbers.
#
#        first, second = tf.Variable(0.0), tf.Variable(0.0)
#        weight = first
#
#        @tf.function
#        def train():
#            weight.assign_add(1.0)
#
#        train()
#        weight = second
#        train()
FIRST_AND_SECOND = ...

# 6. A built Keras model is trained by model.fit for 2 epochs of 2 batches of the same size.
#    How often does the Python code of its layers run, after model.compile(...) and after
#    model.compile(..., run_eagerly=True)? A list of two numbers.
PYTHON_RUNS_IN_FIT = ...

# 7. What happens in the last line? "a tensor", or the name of an exception, such as "TypeError".
#
#        @tf.function
#        def next_number(x):
#            return x.numpy() + 1
#
#        next_number(tf.constant(41))
NUMPY_IN_A_FUNCTION = ...
