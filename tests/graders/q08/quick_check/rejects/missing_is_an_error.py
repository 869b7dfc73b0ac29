"""A device that is not there is an error.

fails: test_a_device_that_is_not_there
"""

REPLICAS = 4
KERNEL = "CPU:0"
COPIES = ["CPU:0", "CPU:2"]
VALUES = [1.0, 2.0]
NO_SUCH_DEVICE = "error"
KERAS_DISTRIBUTION = 1
