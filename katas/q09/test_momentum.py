"""An optimizer's state: its own for every weight, kept in graphs, saved with the model."""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q09.momentum import HeavyBall


def tiny_model():
    """y = w * x with one weight, w = 1."""
    layer = keras.layers.Dense(1, use_bias=False, kernel_initializer="ones")
    return keras.Sequential([keras.Input([1]), layer])


def push(optimizer, weight, *gradients):
    """Take one step with each of these gradients, the same for every element."""
    for gradient in gradients:
        optimizer.apply([tf.fill(weight.shape, tf.cast(gradient, weight.dtype))], [weight])


def descend(optimizer, weight, steps):
    """Take steps down w ** 2, whose gradient is 2 * w."""
    for _ in range(steps):
        optimizer.apply([2.0 * tf.convert_to_tensor(weight)], [weight])


def by_hand(steps, learning_rate=0.1, momentum=0.9):
    """Where these steps lead from w = 1."""
    w, m = 1.0, 0.0
    for _ in range(steps):
        m = momentum * m + 2.0 * w
        w -= learning_rate * m
    return w


def test_steps_follow_the_formula():
    """Steps add up to a velocity, and the learning rate scales it.

    A weight with a velocity goes on for a while without a gradient. Other formulas are called
    momentum, too. A moving average of the gradients takes smaller steps. With the learning rate
    inside the velocity, a step that was taken at a high rate goes on pushing after the rate was
    lowered.
    """
    optimizer, w = HeavyBall(0.1, momentum=0.5), keras.Variable(1.0)
    called = "HeavyBall(0.1, momentum=0.5), w = 1.0, steps with gradients 1.0, 1.0, 0.0"
    with expect.works(called):
        push(optimizer, w, 1.0, 1.0, 0.0)
    expect.value(w, 1.0 - 0.1 * (1.0 + 1.5 + 0.75), called=called)
    optimizer.learning_rate = 0.01
    push(optimizer, w, 1.0)
    called += ", then 1.0 with learning_rate = 0.01"
    expect.value(w, 0.675 - 0.01 * 1.375, called=called)


def test_a_schedule_without_momentum():
    """Without momentum, a learning rate schedule alone sets the steps.

    A schedule gives every step a rate of its own, which the base class works out. And 0.0 is a
    momentum like any other: nothing is left of the steps before.
    """
    halved = keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=1, decay_rate=0.5)
    called = "HeavyBall(0.1, halved by every step, momentum=0.0), three steps with gradient 1.0"
    w = keras.Variable(1.0)
    with expect.works(called):
        push(HeavyBall(halved, momentum=0.0), w, 1.0, 1.0, 1.0)
    expect.value(w, 1.0 - (0.1 + 0.05 + 0.025), called=called)


def test_every_weight_has_its_own_velocity():
    """What one weight went through does not move another.

    In a model many weights share a shape, and the weights of all Dense layers are called
    "kernel" and "bias". A velocity belongs to a variable, not to a name or a shape.
    """
    optimizer = HeavyBall(momentum=0.5)
    a = keras.Variable([1.0, 1.0], name="kernel")
    b = keras.Variable([1.0, 1.0], name="kernel")
    called = (
        "HeavyBall(momentum=0.5), two weights, both named kernel, two steps with [1, 1] and [2, 2]"
    )
    with expect.works(called):
        for _ in range(2):
            optimizer.apply([tf.ones([2]), 2.0 * tf.ones([2])], [a, b])
    expect.value(a, [0.975, 0.975], called=f"{called}; the first")
    expect.value(b, [0.95, 0.95], called=f"{called}; the second")


def test_keeps_what_every_optimizer_can():
    """Clipping and weight decay work as in any Keras optimizer.

    The base class clips, decays and averages, if it is told to and still gets to do its part.
    """
    called = "HeavyBall(0.1, momentum=0.5, clipvalue=1.0, weight_decay=0.5), w = 1.0"
    w = keras.Variable(1.0)
    with expect.works(called):
        optimizer = HeavyBall(0.1, momentum=0.5, clipvalue=1.0, weight_decay=0.5)
        push(optimizer, w, 20.0)
    expect.value(w, 1.0 - 0.1 * 0.5 - 0.1 * 1.0, called=f"{called}, a step with gradient 20.0")


def test_a_weight_of_another_dtype():
    """A velocity has the dtype of its weight.

    TensorFlow adds only what has the same dtype, a learning rate is a float32, and a detour
    through float32 costs a float64 half of its digits.
    """
    for dtype in ("float16", "bfloat16"):
        w = keras.Variable([1.0, 2.0], dtype=dtype)
        called = f"HeavyBall(0.25, momentum=0.5), two steps with gradient 1.0 for a {dtype} weight"
        with expect.works(called):
            optimizer = HeavyBall(0.25, momentum=0.5)
            push(optimizer, w, 1.0, 1.0)
        expect.value(w, [0.375, 1.375], called=called)
        kinds = {tf.as_dtype(v.dtype).name for v in optimizer.variables if v.ndim}
        called = f"{called}: other dtypes of slot variables in optimizer.variables"
        expect.same(sorted(kinds - {dtype}), [], called=called)
    optimizer, w = HeavyBall(0.25, momentum=0.5), keras.Variable([1.0, 2.0], dtype="float64")
    called = "HeavyBall(0.25, momentum=0.5), two steps with gradient 1 / 3 for a float64 weight"
    with expect.works(called):
        push(optimizer, w, np.float64(1 / 3), np.float64(1 / 3))
    right = np.array([1.0, 2.0]) - 0.25 * (1 / 3 + 1.5 / 3)
    expect.value(w, right, tolerance=1e-6, called=called)
    off = np.abs(w.numpy() - right).max()
    expect.that(
        bool(off < 1e-12),
        called=called,
        expected="all digits that a float64 has",
        seen=f"digits that are wrong from {off:.0e} on",
    )


def test_made_again_from_its_config():
    """An optimizer made from another's config takes the same steps.

    A config holds what the base class knows of, from the name to a schedule, and what you add
    to it.
    """
    halved = keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=1, decay_rate=0.5)
    called = "o = HeavyBall(a schedule, momentum=0.5, name='mine', weight_decay=0.5)"
    with expect.works(called):
        optimizer = HeavyBall(halved, momentum=0.5, name="mine", weight_decay=0.5)
    called += ", HeavyBall.from_config(o.get_config())"
    with expect.works(called):
        again = HeavyBall.from_config(optimizer.get_config())
    expect.same(again.name, "mine", called=f"{called}, its name")
    w, same = keras.Variable(1.0), keras.Variable(1.0)
    descend(optimizer, w, steps=3)
    descend(again, same, steps=3)
    expect.value(same, w, called=f"{called}, three steps down w ** 2")
    given = {"use_ema": True, "ema_momentum": 0.5, "gradient_accumulation_steps": 3}
    called = f"HeavyBall(0.1, {', '.join(f'{k}={v}' for k, v in given.items())}).get_config()"
    with expect.works(called):
        config = HeavyBall(0.1, **given).get_config()
    seen = {name: config.get(name) for name in given}
    expect.same(seen, given, called=f"what {called} has of them")


def test_fit_keeps_the_velocity():
    """fit takes the same steps as the eager loop.

    fit traces the step once and runs the graph for every batch. What Python does around the
    ops, such as putting a tensor into a list, happens while tracing only.
    """
    model = tiny_model()
    model.compile(HeavyBall(0.1), "mse", jit_compile=False)
    batches = tf.data.Dataset.from_tensor_slices((tf.ones([4, 1]), tf.zeros([4, 1]))).batch(1)
    called = "model.fit, four batches down w ** 2 from w = 1.0, learning rate 0.1"
    with expect.works(called):
        model.fit(batches, verbose=0)
    weight = float(model.get_weights()[0][0, 0])
    expect.that(
        not np.isclose(weight, by_hand(4, momentum=0.0), atol=1e-5),
        called=called,
        expected=f"w = {by_hand(4):.4f}, as in four eager steps",
        seen=f"w = {weight:.4f}: plain gradient descent, every batch started from velocity zero",
    )
    expect.value(weight, by_hand(4), called=called)


def test_resumes_where_it_was_saved(tmp_path):
    """A saved and loaded model goes on with the velocity it had.

    Keras saves the variables that an optimizer knows as its own.
    """
    model = tiny_model()
    model.compile(HeavyBall(0.1), "mse")
    descend(model.optimizer, model.weights[0], steps=3)
    called = "three steps, model.save, load_model, two steps"
    with expect.works(called):
        model.save(tmp_path / "model.keras")
        loaded = keras.models.load_model(
            tmp_path / "model.keras", custom_objects={"HeavyBall": HeavyBall}
        )
    descend(loaded.optimizer, loaded.weights[0], steps=2)
    expect.value(loaded.weights[0], [[by_hand(5)]], called=called)
