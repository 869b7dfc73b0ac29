"""The discriminator is only passed through: its gradient is zero.

fails: test_a_gradient_for_the_other_network
"""

CROSS_GRADIENT = "zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 4
DIFFERENT_NOISE = [1, 5, 1]
LOSS_OF_THE_EPOCH = 6.0
CRITIC_CHANGES = [False, True]
