"""A session runs its whole graph.

fails: test_an_assignment_that_nobody_fetched
"""

EAGER_ON_TOP = ["fine", "error"]
NOBODY_FETCHED_IT = [11.0, 11.0]
IF_ON_A_TENSOR = ["error", "fine", "error"]
TRACES_OF_A_LOOP = [3, 1]
UNUSED_ERROR = ["error", "fine"]
RESTORED = [5.0, 1.0]
ONE_LOOP_VARIABLE = ["fine", "error"]
