"""A graph runs what eager mode runs, only faster.

fails: test_an_error_that_nobody_needs
"""

EAGER_ON_TOP = ["fine", "error"]
NOBODY_FETCHED_IT = [1.0, 11.0]
IF_ON_A_TENSOR = ["error", "fine", "error"]
TRACES_OF_A_LOOP = [3, 1]
UNUSED_ERROR = ["error", "error"]
RESTORED = [5.0, 1.0]
ONE_LOOP_VARIABLE = ["fine", "error"]
