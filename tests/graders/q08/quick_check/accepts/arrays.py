"""Numbers that NumPy holds."""

import numpy as np

REPLICAS = np.int64(4)
KERNEL = "CPU:0"
COPIES = ["CPU:0", "CPU:2"]
VALUES = np.array([1.0, 2.0])
NO_SUCH_DEVICE = "CPU:0"
KERAS_DISTRIBUTION = np.int32(1)
