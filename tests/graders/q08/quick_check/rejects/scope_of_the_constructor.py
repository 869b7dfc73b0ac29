"""A layer is where it is constructed.

fails: test_a_layer_constructed_under_a_device_scope
"""

REPLICAS = 4
KERNEL = "CPU:1"
COPIES = ["CPU:0", "CPU:2"]
VALUES = [1.0, 2.0]
NO_SUCH_DEVICE = "CPU:0"
KERAS_DISTRIBUTION = 1
