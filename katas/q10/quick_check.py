"""Quick check: predict what TensorFlow does.

Replace every `...` by your prediction. The test runs the snippet and compares. Predict first;
running it is for afterwards.
"""

# The questions are about networks like these, which are made anew for each:
#
#     def network():
#         return keras.Sequential(
#             [keras.Input([1]), keras.layers.Dense(2), keras.layers.Dense(1)]
#         )
#
#     generator, discriminator = network(), network()
#     noise = tf.ones([3, 1])

# 1.  with tf.GradientTape() as tape:
#         fake_logits = discriminator(generator(noise))
#         g_loss = tf.reduce_mean(tf.nn.softplus(-fake_logits))
#     gradients = tape.gradient(g_loss, discriminator.trainable_variables)
#
# g_loss is the generator's loss. What is its gradient for the last bias of the discriminator,
# gradients[-1]? "none" (it is None), "zero" or "not zero"
CROSS_GRADIENT = ...

# 2.  optimizer = keras.optimizers.SGD(0.1)
#
#     @tf.function
#     def step(noise):
#         with tf.GradientTape() as tape:
#             loss = tf.reduce_mean((generator(noise) - 5.0) ** 2)
#         variables = generator.trainable_variables
#         optimizer.apply(tape.gradient(loss, variables), variables)
#
#     step(noise)
#     generator.trainable = False
#     step(noise)
#
# Does the generator move in the second step? True or False
MOVES_WHEN_FROZEN = ...

# 3.  discriminator.layers[0].trainable = False      # one layer is frozen: it is pretrained
#     discriminator.trainable = False                # off for the generator's turn,
#     discriminator.trainable = True                 # and on again
#
# What is len(discriminator.trainable_variables)? A number.
SWITCHED_OFF_AND_ON = ...

# 4.  discriminator.compile(keras.optimizers.SGD(0.1), "mse")
#     discriminator.trainable = False
#     stack = keras.Sequential([keras.Input([1]), generator, discriminator])
#     stack.compile(keras.optimizers.SGD(0.1), "mse")
#     discriminator.train_on_batch(2.0 * noise, tf.ones([3, 1]))    # the discriminator's turn
#     stack.train_on_batch(noise, tf.ones([3, 1]))                  # the generator's turn
#
# This is the recipe of old guides. Which networks have moved: the generator, the discriminator?
# A list of two, each True or False.
RECIPE_MOVES = ...

# 5.  @tf.function
#     def draw():
#         return (
#             tf.constant(np.random.normal(size=[2])),
#             tf.random.normal([2]),
#             keras.random.normal([2], seed=7),
#         )
#
# draw() is called five times. How many different values does each of the three have?
# A list of three numbers.
DIFFERENT_NOISE = ...

# 6.  images = 2.0 * noise
#     with tf.GradientTape() as tape:
#         with tf.GradientTape() as inner:
#             inner.watch(images)
#             logits = discriminator(images)
#     slopes = inner.gradient(logits, images)
#     penalty = tf.reduce_mean((tf.abs(slopes) - 1.0) ** 2)
#     gradients = tape.gradient(penalty, discriminator.trainable_variables)
#
# This gradient penalty keeps the slopes of the discriminator near 1. What is its gradient for the
# first kernel, gradients[0]? "none" (it is None), "zero" or "not zero"
PENALTY_GRADIENT = ...

# 7.  dense, norm = keras.layers.Dense(1), keras.layers.BatchNormalization()
#     critic = keras.Sequential([keras.Input([1]), norm, dense])
#     with tf.GradientTape() as tape:
#         fakes = generator(tf.constant([[1.0], [2.0], [4.0]]), training=True)
#         loss = tf.reduce_mean(tf.nn.softplus(-critic(fakes, training=True)))
#     variables = generator.trainable_variables
#     keras.optimizers.SGD(0.1).apply(tape.gradient(loss, variables), variables)
#
# The generator has taken a step. Which weights of the critic have changed: dense.kernel,
# norm.moving_mean? A list of two, each True or False.
CRITIC_CHANGES = ...
