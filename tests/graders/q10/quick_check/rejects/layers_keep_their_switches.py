"""Switching a network leaves the switches of its layers as they were.

fails: test_switched_off_and_on
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 2
DIFFERENT_NOISE = [1, 5, 1]
LOSS_OF_THE_EPOCH = 6.0
CRITIC_CHANGES = [False, True]
