"""enable_eager_execution is the first step of a migration: after it, the old code runs.

fails: test_eager_execution_on_top_of_an_old_program
"""

EAGER_ON_TOP = ["fine", "fine"]
NOBODY_FETCHED_IT = [1.0, 11.0]
IF_ON_A_TENSOR = ["error", "fine", "error"]
TRACES_OF_A_LOOP = [3, 1]
UNUSED_ERROR = ["error", "fine"]
RESTORED = [5.0, 1.0]
ONE_LOOP_VARIABLE = ["fine", "error"]
