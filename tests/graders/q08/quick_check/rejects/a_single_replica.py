"""Without a GPU there is nothing to mirror to.

fails: test_a_mirrored_strategy_without_a_gpu
"""

REPLICAS = 1
KERNEL = "CPU:0"
COPIES = ["CPU:0", "CPU:2"]
VALUES = [1.0, 2.0]
NO_SUCH_DEVICE = "CPU:0"
KERAS_DISTRIBUTION = 1
