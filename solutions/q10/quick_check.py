"""Quick check: what TensorFlow does, and why."""

# 1. The loss is computed through the discriminator, so it depends on the discriminator's weights.
# That they stay put in the generator's turn is decided by the list of variables, and only there.
CROSS_GRADIENT = "not zero"

# 2. `trainable_variables` was read once, while the step was traced. The graph has the updates of
# these variables in it, and the switch is a Python attribute that nobody reads any more.
MOVES_WHEN_FROZEN = True

# 3. `trainable` of a network sets it in every layer: two kernels, two biases, all thawed.
SWITCHED_OFF_AND_ON = 4

# 4. Keras 3 reads the switch in each step that it traces, not in compile. Frozen and never thawed,
# the discriminator has nothing to train in its own turn either; Keras warns, and goes on.
RECIPE_MOVES = [True, False]

# 5. NumPy draws while tracing, and the numbers become a constant. The op draws in every call.
# keras.random.normal is a function of its seed; it takes a SeedGenerator for a seed that moves on.
DIFFERENT_NOISE = [1, 5, 1]

# 6. The slopes were computed after the outer tape had stopped: for it, they come from nowhere.
PENALTY_GRADIENT = "none"

# 7. No gradient was applied to the critic. But its BatchNormalization writes its moving averages
# in every forward pass in training mode, whoever asked for it.
CRITIC_CHANGES = [False, True]
