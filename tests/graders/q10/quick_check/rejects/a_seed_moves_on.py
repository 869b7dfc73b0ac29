"""A seed starts a sequence, so that each call gets other numbers.

fails: test_noise_in_a_compiled_step
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 4
RECIPE_MOVES = [True, False]
DIFFERENT_NOISE = [1, 5, 5]
PENALTY_GRADIENT = "none"
CRITIC_CHANGES = [False, True]
