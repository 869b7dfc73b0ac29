"""A graph is a graph: what AutoGraph does for one, it does for all.

fails: test_an_if_on_a_tensor
"""

EAGER_ON_TOP = ["fine", "error"]
NOBODY_FETCHED_IT = [1.0, 11.0]
IF_ON_A_TENSOR = ["fine", "fine", "fine"]
TRACES_OF_A_LOOP = [3, 1]
UNUSED_ERROR = ["error", "fine"]
RESTORED = [5.0, 1.0]
ONE_LOOP_VARIABLE = ["fine", "error"]
