"""Keras distributes on every backend.

fails: test_a_distribution_of_keras
"""

REPLICAS = 4
KERNEL = "CPU:0"
COPIES = ["CPU:0", "CPU:2"]
VALUES = [1.0, 2.0]
NO_SUCH_DEVICE = "CPU:0"
KERAS_DISTRIBUTION = 2
