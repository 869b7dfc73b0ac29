"""A mirrored variable sums what replicas add.

fails: test_an_update_that_differs_between_replicas
"""

REPLICAS = 4
KERNEL = "CPU:0"
COPIES = ["CPU:0", "CPU:2"]
VALUES = [3.0, 3.0]
NO_SUCH_DEVICE = "CPU:0"
KERAS_DISTRIBUTION = 1
