"""The discriminator is only passed through: its gradient is zero.

fails: test_a_gradient_for_the_other_network
"""

CROSS_GRADIENT = "zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 4
RECIPE_MOVES = [True, False]
DIFFERENT_NOISE = [1, 5, 1]
PENALTY_GRADIENT = "none"
CRITIC_CHANGES = [False, True]
