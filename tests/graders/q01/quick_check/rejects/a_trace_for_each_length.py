"""Each length of the loop is another graph, in both cases.

fails: test_traces_of_a_loop
"""

EAGER_ON_TOP = ["fine", "error"]
NOBODY_FETCHED_IT = [1.0, 11.0]
IF_ON_A_TENSOR = ["error", "fine", "error"]
TRACES_OF_A_LOOP = [3, 3]
UNUSED_ERROR = ["error", "fine"]
RESTORED = [5.0, 1.0]
ONE_LOOP_VARIABLE = ["fine", "error"]
