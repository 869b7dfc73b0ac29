"""The critic was run in training mode, so it learns.

fails: test_what_changes_in_the_critic
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 4
RECIPE_MOVES = [True, False]
DIFFERENT_NOISE = [1, 5, 1]
PENALTY_GRADIENT = "none"
CRITIC_CHANGES = [True, True]
