"""Numbers and strings in other spellings."""

REPLICAS = 4.0
KERNEL = "cpu:0"
COPIES = ("cpu:0", "cpu:2")
VALUES = (1, 2)
NO_SUCH_DEVICE = "CPU:0"
KERAS_DISTRIBUTION = 1.0
