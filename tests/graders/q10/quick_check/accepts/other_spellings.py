"""The same answers in other kinds of number, list and spelling."""

import numpy as np

CROSS_GRADIENT = " Not zero"
MOVES_WHEN_FROZEN = not False
SWITCHED_OFF_AND_ON = np.int64(4)
DIFFERENT_NOISE = np.array([1, 5, 1])
LOSS_OF_THE_EPOCH = np.float32(6)
CRITIC_CHANGES = (False, True)
