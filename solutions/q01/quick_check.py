"""Quick check: what TensorFlow does, and why."""

# 1. Eager execution is on already, so the first line does nothing. The second needs a graph, and
# raises a RuntimeError: the line that was to help has not changed anything.
EAGER_ON_TOP = ["fine", "error"]

# 2. The session computed a, which does not depend on the assignment. A tf.function adds control
# dependencies: what writes to a variable runs, and before the reads that come after it.
NOBODY_FETCHED_IT = [1.0, 11.0]

# 3. AutoGraph rewrites the `if` for tf.function. A tf.Graph does not come with it, and can be
# switched off: then Python asks a symbolic tensor for its truth.
IF_ON_A_TENSOR = ["error", "fine", "error"]

# 4. A Python number is a part of the key of a trace, and range(3) is unrolled. For a tensor,
# range becomes a loop of the graph, whatever n is.
TRACES_OF_A_LOOP = [3, 1]

# 5. Eagerly the op runs, and fails. In the graph nothing depends on it, so it is cut away: a check
# has to be an op with an effect, such as tf.debugging.Assert.
UNUSED_ERROR = ["error", "fine"]

# 6. The old file has names and no objects, so the names of the variables are compared: a is called
# w. No value is found for b, and nothing is said, unless the status that restore returns is asked.
RESTORED = [5.0, 1.0]

# 7. The graph packs a bare tensor into a list. The Python loop of eager mode takes it apart with *,
# and a scalar cannot be iterated over.
ONE_LOOP_VARIABLE = ["fine", "error"]
