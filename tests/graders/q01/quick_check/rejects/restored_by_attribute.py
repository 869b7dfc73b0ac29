"""tf.train.Checkpoint goes by attributes, in an old file as in a new one.

fails: test_a_tf1_checkpoint_restored_by_tf2
"""

EAGER_ON_TOP = ["fine", "error"]
NOBODY_FETCHED_IT = [1.0, 11.0]
IF_ON_A_TENSOR = ["error", "fine", "error"]
TRACES_OF_A_LOOP = [3, 1]
UNUSED_ERROR = ["error", "fine"]
RESTORED = [1.0, 5.0]
ONE_LOOP_VARIABLE = ["fine", "error"]
