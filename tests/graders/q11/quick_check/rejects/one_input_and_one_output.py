"""A Sequential has one input and one output: the usual answer.

fails: test_two_inputs_and_two_outputs_in_a_sequential
"""

WEIGHTS = [0, 4]
LAYERS = [2, 2]
SHARED_IN_SEQUENTIAL = "other outputs"
TWO_IN_TWO_OUT = "error in Sequential"
WORKS = [True, False, True, False]
PYTHON_LOOP = [True, False, False]
INNER_OUTPUTS = [False, True, False]
