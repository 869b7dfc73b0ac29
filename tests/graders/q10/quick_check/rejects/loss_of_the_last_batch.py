"""fit reports the loss of the last batch.

fails: test_the_loss_that_fit_reports
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 4
DIFFERENT_NOISE = [1, 5, 1]
LOSS_OF_THE_EPOCH = 16.0
CRITIC_CHANGES = [False, True]
