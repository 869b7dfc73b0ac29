"""The same answers in other kinds of number, list and spelling."""

import numpy as np

CROSS_GRADIENT = " Not zero"
MOVES_WHEN_FROZEN = not False
SWITCHED_OFF_AND_ON = np.int64(4)
DIFFERENT_NOISE = np.array([1, 5, 1])
RECIPE_MOVES = (True, False)
PENALTY_GRADIENT = "None"
CRITIC_CHANGES = (False, True)
