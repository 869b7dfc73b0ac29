"""tf.while_loop does the same in eager mode as in a graph.

fails: test_a_loop_of_one_variable
"""

EAGER_ON_TOP = ["fine", "error"]
NOBODY_FETCHED_IT = [1.0, 11.0]
IF_ON_A_TENSOR = ["error", "fine", "error"]
TRACES_OF_A_LOOP = [3, 1]
UNUSED_ERROR = ["error", "fine"]
RESTORED = [5.0, 1.0]
ONE_LOOP_VARIABLE = ["fine", "fine"]
