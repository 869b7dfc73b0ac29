"""A branch on a tensor is believed to be traced anew whenever the condition changes.

fails: test_a_branch_on_a_tensor
"""

PRINTS_FOR_TENSORS_NUMPY_AND_FLOATS = [1, 1, 3]
PRINTS_FOR_A_BRANCH = 3
A_B_AND_C = [2.0, 2.0, 10.0]
TRACES_FOR_BATCH_SIZES = [4, 2, 1]
FIRST_AND_SECOND = [2.0, 0.0]
PYTHON_RUNS_IN_FIT = [1, 4]
NUMPY_IN_A_FUNCTION = "AttributeError"
