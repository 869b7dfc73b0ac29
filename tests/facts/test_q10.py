"""What TensorFlow and Keras do in a custom training step, in fit and in a loop."""

import keras
import numpy as np
import pytest
import tensorflow as tf

NOISE = tf.constant([[0.5], [-1.0], [2.0]])
REAL = tf.constant([[3.0], [4.0], [2.5], [3.5]])


def linear(kernel=0.5, bias=0.1, penalty=None):
    """A network kernel * x + bias."""
    dense = keras.layers.Dense(1, kernel_regularizer=penalty)
    network = keras.Sequential([keras.Input([1]), dense])
    network.set_weights([np.array([[kernel]], "float32"), np.array([bias], "float32")])
    return network


def g_loss(fake_logits):
    return tf.reduce_mean(tf.nn.softplus(-fake_logits))


def d_loss(real_logits, fake_logits):
    return tf.reduce_mean(tf.nn.softplus(-real_logits)) + tf.reduce_mean(
        tf.nn.softplus(fake_logits)
    )


def losses_of(generator, discriminator, real=REAL, noise=NOISE):
    fake_logits = discriminator(generator(noise, training=True), training=True)
    return g_loss(fake_logits), d_loss(discriminator(real, training=True), fake_logits)


class GAN(keras.Model):
    """The two networks, trained by a train_step of their own, without noise of their own."""

    def __init__(self, generator, discriminator):
        super().__init__()
        self.generator, self.discriminator = generator, discriminator

    def compile(self, g_optimizer, d_optimizer, **kwargs):
        super().compile(jit_compile=False, **kwargs)
        self.g_optimizer, self.d_optimizer = g_optimizer, d_optimizer

    def call(self, noise):
        return self.generator(noise)

    def train_step(self, real):
        with tf.GradientTape(persistent=True) as tape:
            losses = losses_of(self.generator, self.discriminator, real)
        for loss, network, optimizer in (
            (losses[0], self.generator, self.g_optimizer),
            (losses[1], self.discriminator, self.d_optimizer),
        ):
            variables = network.trainable_variables
            optimizer.apply(tape.gradient(loss, variables), variables)
        return dict(zip(("g_loss", "d_loss"), losses, strict=True))


def flat(*networks):
    return np.concatenate([w.ravel() for network in networks for w in network.get_weights()])


def test_fit_trains_a_gan():
    """fit with an overridden train_step trains both networks, just as a loop by hand does."""
    by_fit, by_hand = (linear(), linear(0.3)), (linear(), linear(0.3))
    gan = GAN(*by_fit)
    gan.compile(keras.optimizers.SGD(0.5), keras.optimizers.SGD(0.1))
    seen = []
    callback = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: seen.append(logs))
    gan.fit(REAL.numpy(), batch_size=4, epochs=3, verbose=0, callbacks=[callback], shuffle=False)
    g_optimizer, d_optimizer = keras.optimizers.SGD(0.5), keras.optimizers.SGD(0.1)
    for _ in range(3):
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            for_g, for_d = losses_of(*by_hand)
        g_variables, d_variables = (network.trainable_variables for network in by_hand)
        g_gradients = g_tape.gradient(for_g, g_variables)
        d_gradients = d_tape.gradient(for_d, d_variables)
        g_optimizer.apply(g_gradients, g_variables)
        d_optimizer.apply(d_gradients, d_variables)
    np.testing.assert_allclose(flat(*by_fit), flat(*by_hand), rtol=1e-5)
    assert not np.allclose(flat(by_fit[0]), flat(linear()))
    assert len(seen) == 3
    assert {"g_loss", "d_loss"} <= set(seen[0])


BCE = keras.losses.BinaryCrossentropy(from_logits=True)


def stacked(generator, discriminator, d_optimizer, g_optimizer):
    """The recipe of old guides: compile the discriminator, freeze it, compile the stack of both."""
    discriminator.compile(d_optimizer, BCE)
    discriminator.trainable = False
    stack = keras.Sequential([keras.Input([1]), generator, discriminator])
    stack.compile(g_optimizer, BCE)
    return stack


def test_the_recipe_trains_no_discriminator():
    """Frozen before its first turn, the discriminator never moves; Keras only warns."""
    generator, discriminator = linear(), linear(0.3)
    stack = stacked(generator, discriminator, keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.1))
    g_before, d_before = flat(generator), flat(discriminator)
    with pytest.warns(UserWarning, match="does not have any trainable weights"):
        discriminator.train_on_batch(REAL, tf.ones([4, 1]))
    stack.train_on_batch(NOISE, tf.ones([3, 1]))
    assert np.array_equal(flat(discriminator), d_before)
    assert not np.allclose(flat(generator), g_before)


def test_the_recipe_works_if_each_turn_sets_the_switch():
    """Thawed for its own turn and frozen for the other's, the discriminator moves in its own."""
    generator, discriminator = linear(), linear(0.3)
    stack = stacked(generator, discriminator, keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.1))
    for _ in range(2):
        g_before, d_before = flat(generator), flat(discriminator)
        discriminator.trainable = True
        discriminator.train_on_batch(REAL, tf.ones([4, 1]))
        assert not np.allclose(flat(discriminator), d_before)
        discriminator.trainable = False
        d_before = flat(discriminator)
        stack.train_on_batch(NOISE, tf.ones([3, 1]))
        assert np.array_equal(flat(discriminator), d_before)
        assert not np.allclose(flat(generator), g_before)


def test_the_recipe_needs_two_optimizers():
    """With one optimizer for both turns, the second turn meets variables that it does not know."""
    generator, discriminator = linear(), linear(0.3)
    optimizer = keras.optimizers.SGD(0.1)
    stack = stacked(generator, discriminator, optimizer, optimizer)
    discriminator.trainable = True
    discriminator.train_on_batch(REAL, tf.ones([4, 1]))
    discriminator.trainable = False
    with pytest.raises(ValueError, match="Unknown variable"):
        stack.train_on_batch(NOISE, tf.ones([3, 1]))


def test_a_gradient_penalty_belongs_into_the_outer_tape():
    """Slopes that are computed after the outer tape has ended have no gradient for any weight."""
    critic = keras.Sequential(
        [keras.Input([1]), keras.layers.Dense(4, "tanh"), keras.layers.Dense(1)]
    )
    with tf.GradientTape() as outer:
        with tf.GradientTape() as inner:
            inner.watch(REAL)
            logits = critic(REAL)
        penalty = tf.reduce_mean((inner.gradient(logits, REAL) - 1.0) ** 2)
    assert np.abs(outer.gradient(penalty, critic.layers[0].kernel)).max() > 0.0
    with tf.GradientTape() as outer, tf.GradientTape() as inner:
        inner.watch(REAL)
        logits = critic(REAL)
    penalty = tf.reduce_mean((inner.gradient(logits, REAL) - 1.0) ** 2)
    assert outer.gradient(penalty, critic.trainable_variables) == [None] * 4


def test_what_is_wrong_with_the_step_of_the_readme():
    """It returns nothing, makes as many fakes for any batch, repeats noise, and serves one pair."""
    kept = tf.Variable(tf.zeros([3, 1]))

    @tf.function
    def play(faces, generator, discriminator, optimizers):
        with tf.GradientTape(persistent=True) as tape:
            noise = tf.random.normal([3, 1])
            kept.assign(noise)
            fakes = generator(noise, training=True)
            of_fakes, of_faces = (discriminator(x, training=True) for x in (fakes, faces))
            costs = [g_loss(of_fakes), d_loss(of_faces, of_fakes)]
        for cost, network, optimizer in zip(costs, [generator, discriminator], optimizers):  # noqa: B905
            weights = network.trainable_weights
            optimizer.apply(tape.gradient(cost, weights), weights)

    def a_pair():
        optimizers = keras.optimizers.Adam(0.1), keras.optimizers.Adam(0.1)
        return linear(penalty=keras.regularizers.L2(9.0)), linear(0.3), optimizers

    tf.random.set_seed(1)
    pair = a_pair()
    assert play(REAL, *pair) is None
    assert flat(pair[0])[0] > 0.5  # the penalty would have pulled it to 0
    first = kept.numpy()
    play(REAL, *pair)
    assert not np.allclose(kept, first)
    play(REAL[:2], *pair)  # the last batch
    assert np.array_equal(kept, first)
    with pytest.raises(ValueError, match=r"singleton|non-first call"):
        play(REAL, *a_pair())


def test_compile_does_not_note_what_is_frozen():
    """In Keras 3 the switches are read when the step is traced, not when compile is called."""
    generator, discriminator = linear(), linear(0.3)
    discriminator.trainable = False
    stack = keras.Sequential([keras.Input([1]), generator, discriminator])
    stack.compile(keras.optimizers.SGD(0.1), keras.losses.BinaryCrossentropy(from_logits=True))
    discriminator.trainable = True
    before = flat(discriminator)
    stack.train_on_batch(NOISE, tf.ones([3, 1]))
    assert not np.allclose(flat(discriminator), before)


def test_each_loss_has_a_gradient_for_the_other_network():
    """Neither loss keeps to its network: only the list of variables does."""
    generator, discriminator = linear(), linear(0.3)
    with tf.GradientTape(persistent=True) as tape:
        for_g, for_d = losses_of(generator, discriminator)
    for loss, other in (for_g, discriminator), (for_d, generator):
        assert np.abs(tape.gradient(loss, other.trainable_variables)[0]).max() > 0.01


def test_one_persistent_tape_is_as_good_as_two():
    """Gradients of two tapes and of one persistent tape are the same; of the sum they are not."""
    generator, discriminator = linear(), linear(0.3)
    variables = generator.trainable_variables
    with tf.GradientTape() as one, tf.GradientTape(persistent=True) as two:
        for_g, for_d = losses_of(generator, discriminator)
        both = for_g + for_d
    gradient = one.gradient(for_g, variables)
    assert np.array_equal(gradient[0], two.gradient(for_g, variables)[0])
    assert not np.allclose(gradient[0], two.gradient(both, variables)[0])
    with pytest.raises(RuntimeError, match="non-persistent"):
        one.gradient(for_d, variables)


def test_no_gradient_through_stop_gradient():
    """With stop_gradient around the fakes, the generator's loss has no gradient for it."""
    generator, discriminator = linear(), linear(0.3)
    with tf.GradientTape() as tape:
        loss = g_loss(discriminator(tf.stop_gradient(generator(NOISE))))
    gradients = tape.gradient(loss, generator.trainable_variables)
    assert gradients == [None, None]
    with pytest.raises(ValueError, match="No gradients provided"):
        keras.optimizers.SGD(0.1).apply(gradients, generator.trainable_variables)


def test_the_minimax_loss_is_flat_where_it_matters():
    """Where a fake is seen through, minus the discriminator's loss has next to no gradient."""
    logit = tf.constant([[-10.0]])
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(logit)
        saturating, non_saturating = -tf.nn.softplus(logit), tf.nn.softplus(-logit)
    assert abs(tape.gradient(saturating, logit).numpy().item()) < 1e-4
    assert abs(tape.gradient(non_saturating, logit).numpy().item()) > 0.99


def test_probabilities_are_clipped():
    """BinaryCrossentropy of probabilities clips: a logit of -200 costs 16, and has no gradient."""
    logit = tf.constant([[-200.0]])
    with tf.GradientTape() as tape:
        tape.watch(logit)
        loss = keras.losses.BinaryCrossentropy()(tf.ones([1, 1]), tf.sigmoid(logit))
    assert 16.0 < float(loss) < 16.2
    assert tape.gradient(loss, logit).numpy().item() == 0.0
    exact = keras.losses.BinaryCrossentropy(from_logits=True)(tf.ones([1, 1]), logit)
    assert float(exact) == 200.0


def compiled_step():
    @tf.function
    def step(optimizer, network):
        traces.append(1)
        variables = network.trainable_variables
        optimizer.apply([tf.ones([1, 1]), tf.ones([1])], variables)

    traces = []
    return step, traces


def test_a_shared_tf_function_refuses_a_second_optimizer():
    """A tf.function makes variables in its first call only; a built optimizer needs none."""
    step, _ = compiled_step()
    step(keras.optimizers.Adam(0.1), linear())
    with pytest.raises(ValueError, match="singleton"):
        step(keras.optimizers.Adam(0.1), linear())
    optimizer, network = keras.optimizers.Adam(0.1), linear(0.5)
    optimizer.build(network.trainable_variables)
    step(optimizer, network)
    assert flat(network)[0] < 0.5


def test_a_shared_tf_function_takes_optimizers_without_slots():
    """Plain SGD makes no variables in its first step, so that it hides the mistake."""
    step, _ = compiled_step()
    for _ in range(2):
        network = linear(0.5)
        step(keras.optimizers.SGD(0.5), network)
        assert flat(network)[0] == 0.0


def test_the_first_call_traces_twice_if_the_optimizer_is_not_built():
    """The Python body runs twice in the first call, once when the optimizer is built before."""
    for built in False, True:
        step, traces = compiled_step()
        optimizer, network = keras.optimizers.Adam(0.1), linear()
        if built:
            optimizer.build(network.trainable_variables)
        step(optimizer, network)
        step(optimizer, network)
        assert len(traces) == (1 if built else 2)


def test_a_smaller_last_batch_is_traced_again():
    """A batch of another size costs a trace, unless the number of rows is left open."""
    for signature, expected in (None, 2), ([tf.TensorSpec([None, 1])], 1):
        traces = []

        @tf.function(input_signature=signature)
        def step(real):
            traces.append(1)  # noqa: B023 (called in this round only)
            return real

        for rows in 4, 4, 2, 4, 2:
            step(tf.ones([rows, 1]))
        assert len(traces) == expected


def test_noise_of_python_is_part_of_the_graph():
    """NumPy draws while tracing; an integer seed means the same numbers; a SeedGenerator moves."""
    seeds = keras.random.SeedGenerator(7)

    @tf.function
    def draw():
        return (
            tf.constant(np.random.normal(size=[2])),
            keras.random.normal([2], seed=7),
            keras.random.normal([2], seed=seeds),
            tf.random.normal([2]),
        )

    draws = [draw() for _ in range(5)]
    assert [len({tuple(d[i].numpy()) for d in draws}) for i in range(4)] == [1, 1, 5, 5]


def test_a_global_seed_makes_a_second_trace_repeat_the_first():
    """With a global seed, each trace of tf.random.normal starts the same sequence again."""
    tf.random.set_seed(1)

    @tf.function
    def draw(real):
        return tf.random.normal([2])

    first, second = draw(tf.ones([4])), draw(tf.ones([4]))
    assert not np.allclose(first, second)
    of_the_last_batch = draw(tf.ones([3]))
    assert np.array_equal(first, of_the_last_batch)


def test_the_seed_of_an_op_is_mixed_with_the_global_one():
    """tf.random.normal(seed=...) depends on the global seed; a tf.random.Generator does not."""
    by_op, by_generator = [], []
    for global_seed in 1, 2:
        tf.random.set_seed(global_seed)
        by_op.append(tf.random.normal([3], seed=7).numpy())
        by_generator.append(tf.random.Generator.from_seed(7).normal([3]).numpy())
    assert not np.allclose(*by_op)
    assert np.array_equal(*by_generator)


def test_a_switch_after_the_trace_is_ignored():
    """trainable = False does not reach a step that is compiled already."""
    network, optimizer = linear(), keras.optimizers.SGD(0.1)

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(network(NOISE) ** 2)
        variables = network.trainable_variables
        optimizer.apply(tape.gradient(loss, variables), variables)

    step()
    network.trainable = False
    before = flat(network)
    step()
    assert not np.allclose(flat(network), before)


def test_a_tape_watches_a_frozen_network():
    """trainable = False empties trainable_variables; the tape watches as before."""
    network = linear()
    network.trainable = False
    assert network.trainable_variables == []
    with tf.GradientTape() as tape:
        network(NOISE)
    assert len(tape.watched_variables()) == 2


def test_apply_gradients_of_nothing_raises():
    """apply takes empty lists, as a frozen network has them; apply_gradients does not."""
    keras.optimizers.SGD(0.1).apply([], [])
    with pytest.raises(ValueError, match="not enough values to unpack"):
        keras.optimizers.SGD(0.1).apply_gradients(zip([], [], strict=True))


def test_a_switch_sets_all_layers():
    """A network that is switched off and on again has lost what was frozen in it."""
    network = keras.Sequential([keras.Input([1]), keras.layers.Dense(2), keras.layers.Dense(1)])
    network.layers[0].trainable = False
    assert len(network.trainable_variables) == 2
    network.trainable = False
    network.trainable = True
    assert len(network.trainable_variables) == 4


def test_one_optimizer_has_to_know_both_networks():
    """An optimizer refuses variables that it was not built with; then it counts two steps."""
    g_variables, d_variables = linear().trainable_variables, linear().trainable_variables
    zeros = [tf.zeros([1, 1]), tf.zeros([1])]
    optimizer = keras.optimizers.SGD(0.1)
    optimizer.apply(zeros, g_variables)
    with pytest.raises(ValueError, match="Unknown variable"):
        optimizer.apply(zeros, d_variables)
    optimizer = keras.optimizers.SGD(0.1)
    optimizer.build(g_variables + d_variables)
    optimizer.apply(zeros, g_variables)
    optimizer.apply(zeros, d_variables)
    assert int(optimizer.iterations) == 2


def test_batch_normalization_moves_in_the_generators_turn():
    """A forward pass in training mode writes moving averages, whoever learns from it."""
    norm = keras.layers.BatchNormalization()
    norm.build([None, 1])
    before = norm.moving_mean.numpy()
    norm(REAL, training=True)
    assert not np.allclose(norm.moving_mean, before)
    norm.trainable = False
    before = norm.moving_mean.numpy()
    frozen = norm(REAL, training=True)
    assert np.array_equal(norm.moving_mean, before)
    np.testing.assert_allclose(frozen, norm(REAL, training=False))


def test_a_loop_has_to_add_the_penalties():
    """fit adds what is in model.losses; a loss by hand does not have it."""
    by_fit, by_hand = (linear(penalty=keras.regularizers.L2(0.5)) for _ in range(2))
    by_fit.compile(keras.optimizers.SGD(0.1), "mse", jit_compile=False)
    by_fit.fit(REAL, REAL, batch_size=4, verbose=0)
    with tf.GradientTape(persistent=True) as tape:
        loss = tf.reduce_mean((by_hand(REAL, training=True) - REAL) ** 2)
        total = loss + sum(by_hand.losses)
    kernel = by_hand.trainable_variables[0]
    start = kernel.numpy().item()
    end = flat(by_fit)[0]
    assert np.isclose(end, start - 0.1 * tape.gradient(total, kernel).numpy().item(), atol=1e-5)
    assert not np.isclose(end, start - 0.1 * tape.gradient(loss, kernel).numpy().item(), atol=1e-2)


def test_fit_weighs_batches_with_their_examples():
    """The loss of an epoch is the mean over its examples, not over its batches."""
    model = linear(0.0, 0.0)
    model.compile(keras.optimizers.SGD(0.0), "mse", jit_compile=False)
    y = np.array([[1.0], [1.0], [4.0]])
    history = model.fit(np.ones([3, 1]), y, batch_size=2, shuffle=False, verbose=0)
    assert np.isclose(history.history["loss"][0], 6.0)


def test_fit_keeps_what_train_step_returned_last():
    """Losses that train_step returns are no mean: the history has those of the last batch."""
    generator, discriminator = linear(), linear(0.3)
    gan = GAN(generator, discriminator)
    gan.compile(keras.optimizers.SGD(0.0), keras.optimizers.SGD(0.0))
    history = gan.fit(REAL, batch_size=3, shuffle=False, verbose=0).history
    last = float(losses_of(generator, discriminator, REAL[3:])[1])
    assert np.isclose(history["d_loss"][0], last)


def test_early_stopping_needs_a_mode_for_a_loss_of_its_own():
    """EarlyStopping cannot guess whether a d_loss should fall or rise."""
    gan = GAN(linear(), linear(0.3))
    gan.compile(keras.optimizers.SGD(0.0), keras.optimizers.SGD(0.0))
    fit = {"batch_size": 4, "epochs": 5, "verbose": 0}
    with pytest.raises(ValueError, match="mode"):
        gan.fit(REAL, callbacks=[keras.callbacks.EarlyStopping("d_loss", patience=1)], **fit)
    stopping = keras.callbacks.EarlyStopping("d_loss", patience=1, mode="min")
    assert len(gan.fit(REAL, callbacks=[stopping], **fit).history["d_loss"]) == 2


def test_autograph_does_not_see_train_step():
    """A Python `if` on a tensor works in a tf.function and raises in train_step."""

    def turn(real):
        if tf.reduce_sum(real) > 0.0:
            return tf.constant(1.0)
        return tf.constant(2.0)

    class Model(keras.Model):
        def train_step(self, real):
            if tf.reduce_sum(real) > 0.0:
                return {"loss": tf.constant(1.0)}
            return {"loss": tf.constant(2.0)}

    assert float(tf.function(turn)(REAL)) == 1.0
    model = Model()
    model.compile(jit_compile=False)
    with pytest.raises(tf.errors.OperatorNotAllowedInGraphError):
        model.fit(REAL, verbose=0)


def test_compile_adds_loss_scaling_and_a_loop_does_not():
    """Under mixed_float16, compile wraps the optimizer; one made by hand stays as it is."""
    policy = keras.mixed_precision.dtype_policy()
    try:
        keras.mixed_precision.set_dtype_policy("mixed_float16")
        model = linear()
        optimizer = keras.optimizers.SGD(0.1)
        model.compile(optimizer, "mse")
        assert isinstance(model.optimizer, keras.optimizers.LossScaleOptimizer)
        assert float(optimizer.scale_loss(tf.constant(1.0))) == 1.0
        scaled = model.optimizer
        scaled.build(model.trainable_variables)
        assert float(scaled.scale_loss(tf.constant(1.0))) > 1.0
    finally:
        keras.mixed_precision.set_dtype_policy(policy)


def test_names_of_keras_2_are_gone():
    """Optimizers have no minimize, get_weights or get_scaled_loss any more."""
    optimizer = keras.optimizers.SGD(0.1)
    for name in "minimize", "get_weights", "get_scaled_loss", "get_unscaled_gradients":
        assert not hasattr(optimizer, name)
    for name in "apply", "apply_gradients", "scale_loss", "variables":
        assert hasattr(optimizer, name)


def test_a_policy_gradient_is_a_weighted_fit():
    """A REINFORCE step is fit with the returns as sample weights."""
    states = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.5, -1.0]], "float32")
    actions, returns = np.array([0, 1, 1, 0]), np.array([1.0, -0.5, 2.0, 0.3], "float32")

    def make_policy():
        dense = keras.layers.Dense(2, kernel_initializer="ones")
        return keras.Sequential([keras.Input([2]), dense])

    by_fit, by_hand = make_policy(), make_policy()
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    by_fit.compile(keras.optimizers.SGD(0.5), loss, jit_compile=False)
    by_fit.fit(states, actions, sample_weight=returns, batch_size=4, verbose=0)
    with tf.GradientTape() as tape:
        log_policy = tf.nn.log_softmax(by_hand(states, training=True))
        chosen = tf.gather(log_policy, actions, batch_dims=1)
        loss = -tf.reduce_mean(chosen * returns)
    variables = by_hand.trainable_variables
    keras.optimizers.SGD(0.5).apply(tape.gradient(loss, variables), variables)
    np.testing.assert_allclose(flat(by_fit), flat(by_hand), atol=1e-6)


def test_a_model_that_was_never_called_cannot_be_saved(tmp_path):
    """A GAN whose train_step uses its parts only is not built until it is called."""
    gan = GAN(linear(), linear(0.3))
    gan.compile(keras.optimizers.SGD(0.1), keras.optimizers.SGD(0.1))
    gan.fit(REAL, verbose=0)
    with pytest.raises(ValueError, match="not yet been built"):
        gan.save_weights(tmp_path / "gan.weights.h5")
    gan(NOISE)
    gan.save_weights(tmp_path / "gan.weights.h5")
    again = GAN(linear(0.0), linear(0.0))
    again(NOISE)
    again.load_weights(tmp_path / "gan.weights.h5")
    assert np.array_equal(
        flat(again.generator, again.discriminator), flat(gan.generator, gan.discriminator)
    )
