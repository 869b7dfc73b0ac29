"""compile has noted that the discriminator was not frozen, as in Keras 2.

fails: test_a_recipe_of_old_guides
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 4
RECIPE_MOVES = [True, True]
DIFFERENT_NOISE = [1, 5, 1]
PENALTY_GRADIENT = "none"
CRITIC_CHANGES = [False, True]
