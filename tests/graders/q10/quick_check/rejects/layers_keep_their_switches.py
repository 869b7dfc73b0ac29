"""Switching a network leaves the switches of its layers as they were.

fails: test_switched_off_and_on
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 2
RECIPE_MOVES = [True, False]
DIFFERENT_NOISE = [1, 5, 1]
PENALTY_GRADIENT = "none"
CRITIC_CHANGES = [False, True]
