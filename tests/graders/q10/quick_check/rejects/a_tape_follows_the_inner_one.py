"""The outer tape has recorded the discriminator, so it knows the gradient of its slopes.

fails: test_a_gradient_penalty
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 4
RECIPE_MOVES = [True, False]
DIFFERENT_NOISE = [1, 5, 1]
PENALTY_GRADIENT = "not zero"
CRITIC_CHANGES = [False, True]
