"""A frozen network does not move, whatever was compiled before.

fails: test_a_switch_after_the_trace
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = False
SWITCHED_OFF_AND_ON = 4
RECIPE_MOVES = [True, False]
DIFFERENT_NOISE = [1, 5, 1]
PENALTY_GRADIENT = "none"
CRITIC_CHANGES = [False, True]
