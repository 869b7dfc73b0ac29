"""What is not given to the optimizer stays as it is.

fails: test_what_changes_in_the_critic
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 4
DIFFERENT_NOISE = [1, 5, 1]
LOSS_OF_THE_EPOCH = 6.0
CRITIC_CHANGES = [False, False]
