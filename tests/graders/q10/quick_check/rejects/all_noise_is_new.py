"""Random numbers are new in every call.

fails: test_noise_in_a_compiled_step
"""

CROSS_GRADIENT = "not zero"
MOVES_WHEN_FROZEN = True
SWITCHED_OFF_AND_ON = 4
DIFFERENT_NOISE = [5, 5, 5]
LOSS_OF_THE_EPOCH = 6.0
CRITIC_CHANGES = [False, True]
