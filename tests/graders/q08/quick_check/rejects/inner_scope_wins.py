"""The innermost scope decides.

fails: test_a_device_scope_inside_a_strategy
"""

REPLICAS = 4
KERNEL = "CPU:0"
COPIES = ["CPU:1"]
VALUES = [1.0, 2.0]
NO_SUCH_DEVICE = "CPU:0"
KERAS_DISTRIBUTION = 1
