"""An optimizer's state: its own for every weight, kept in graphs, saved with the model."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q09.momentum import HeavyBall

KERAS_2 = {
    "idea": "This is of Keras 2. In Keras 3 the learning rate goes to super().__init__, and comes "
    "to update_step. A velocity is made by add_variable_from_reference(variable, name).",
    "when": r"model_variable|variable_name|update_step\(\) takes|argument: 'learning_rate'"
    r"|_build_learning_rate|add_slot",
    "others": {
        "Unknown variable": "The base class has a `build` of its own, where it numbers the weights."
    },
}
NO_VALUES = {
    "idea": "fit traces the step once. While it is traced, no tensor and no variable has a value.",
    "when": "numpy|Python scalar|__float__",
}
CONFIG = {
    "idea": "The constructor gets the whole config, with what the base class put into it.",
    "when": r"__init__\(\) got an unexpected",
}
ONE_DTYPE = {
    "idea": "TensorFlow multiplies and adds only numbers of one dtype.",
    "when": "requested dtype|was expected to be a",
}


def tiny_model(layers=1):
    """y = w * x with one weight, w = 1, for each layer."""
    rest = {"use_bias": False, "kernel_initializer": "ones"}
    return keras.Sequential(
        [keras.Input([1]), *(keras.layers.Dense(1, **rest) for _ in range(layers))]
    )


def push(optimizer, weight, *gradients):
    """Take one step with each of these gradients, the same for every element."""
    for gradient in gradients:
        optimizer.apply([tf.fill(weight.shape, tf.cast(gradient, weight.dtype))], [weight])
    return weight


def descend(optimizer, *weights, steps):
    """Take steps with the gradient 2 * w, down w ** 2, and 3 * w for a second weight."""
    for _ in range(steps):
        gradients = [k * tf.convert_to_tensor(w) for k, w in enumerate(weights, start=2)]
        optimizer.apply(gradients, weights)
    return weights[-1]


def halved():
    """A learning rate of 0.1, halved by every step."""
    return keras.optimizers.schedules.ExponentialDecay(0.1, decay_steps=1, decay_rate=0.5)


def test_steps_follow_the_formula():
    """Steps add up to a velocity.

    A weight with a velocity goes on for a while without a gradient. Other formulas are called
    momentum, too. A moving average of the gradients takes smaller steps.
    """
    called = "HeavyBall(0.1, momentum=0.5), w = 1.0, steps with gradients 1.0, 1.0, 0.0"
    with expect.works(called, **KERAS_2):
        w = push(HeavyBall(0.1, momentum=0.5), keras.Variable(1.0), 1.0, 1.0, 0.0)
    expect.value(w, 1.0 - 0.1 * (1.0 + 1.5 + 0.75), called=called)


def test_a_new_learning_rate_scales_the_next_step():
    """A new learning rate scales the next step, and not the velocity.

    The learning rate of a step comes with the step. With the learning rate inside the velocity, an
    old high rate goes on pushing.
    """
    called = "HeavyBall(0.1, momentum=0.5), gradient 1.0, then 1.0 with learning_rate = 0.01"
    with expect.works(called):
        optimizer = HeavyBall(0.1, momentum=0.5)
        first = push(optimizer, keras.Variable(1.0), 1.0)
        before = float(first)
        optimizer.learning_rate = 0.01
        push(optimizer, first, 1.0)
        same = push(HeavyBall(0.1, momentum=0.5), keras.Variable(1.0), 1.0, 1.0)
    tenth = 0.1 * (float(same) - before)  # of the step at the old rate
    expect.value(float(first) - before, tenth, called=f"the second step, {called}")


def test_every_weight_has_its_own_velocity():
    """What one weight went through does not move another.

    In a model many weights share a shape, and the weights of all Dense layers are called
    "kernel" and "bias". Keras leaves out a weight without a gradient. So a velocity belongs to a
    variable, and not to a name, a shape or a place in the order of calls.
    """
    a = keras.Variable([1.0, 1.0], name="kernel")
    b = keras.Variable([1.0, 1.0], name="kernel")
    ones, twos = tf.ones([2]), 2.0 * tf.ones([2])
    called = "HeavyBall(0.1, momentum=0.5), two weights named kernel, gradients [1, 1] and [2, 2]"
    with expect.works(called, **KERAS_2):
        optimizer = HeavyBall(0.1, momentum=0.5)
        for gradients, weights in (([ones, twos], [a, b]), ([twos, ones], [b, a]), ([twos], [b])):
            optimizer.apply(gradients, weights)
        alone = push(HeavyBall(0.1, momentum=0.5), keras.Variable([1.0, 1.0]), 1.0, 1.0)
        other = push(HeavyBall(0.1, momentum=0.5), keras.Variable([1.0, 1.0]), 2.0, 2.0, 2.0)
    expect.value(a, alone, called=f"{called}, the first after two steps, as if it were alone")
    called += ", the second after three steps, first and last in turn, as if it were alone"
    expect.value(b, other, called=called)


def test_fit_keeps_the_velocity():
    """fit takes the same steps as the eager loop.

    fit traces the step once and runs the graph for every batch. Python's part, such as putting a
    tensor into a list, happens while tracing only.
    """
    called = "model.fit, four batches down w ** 2 from w = 1.0, as four steps in an eager loop"
    batches = tf.data.Dataset.from_tensor_slices((tf.ones([4, 1]), tf.zeros([4, 1]))).batch(1)
    model = tiny_model()
    with expect.works(called, **NO_VALUES):
        model.compile(HeavyBall(0.1), "mse", jit_compile=False)
        model.fit(batches, verbose=0)
    optimizer, w = HeavyBall(0.1), keras.Variable([[1.0]])
    eager = descend(optimizer, w, steps=4)
    expect.value(model.get_weights()[0], eager, called=called)
    called = "optimizer.learning_rate = 0.01, and four more batches, as in an eager loop"
    with expect.works(called):
        model.optimizer.learning_rate = optimizer.learning_rate = 0.01
        model.fit(batches, verbose=0)
    later = "The rate of a step is a tensor of the graph. A number that was read while it was "
    later += "traced stays for good."
    eager = descend(optimizer, w, steps=4)
    expect.value(model.get_weights()[0], eager, called=called, idea=later)


def test_resumes_where_it_was_saved(tmp_path):
    """A saved and loaded model goes on with the velocity it had.

    Keras saves the variables that an optimizer knows as its own, each by its place. Before any
    step, load_model builds the optimizer. Then it fills the variables.
    """
    model = tiny_model(layers=2)
    called = "three steps, model.save, load_model, two steps, as five steps without a break"
    with expect.works(called, **CONFIG):
        model.compile(HeavyBall(0.1), "mse")
        descend(model.optimizer, *model.weights, steps=3)
        model.save(tmp_path / "model.keras")
        loaded = keras.models.load_model(
            tmp_path / "model.keras", custom_objects={"HeavyBall": HeavyBall}
        )
        descend(loaded.optimizer, *loaded.weights, steps=2)
    whole = [keras.Variable([[1.0]]) for _ in loaded.weights]
    descend(HeavyBall(0.1), *whole, steps=5)
    for which, weight, right in zip(("first", "second"), loaded.weights, whole, strict=True):
        expect.value(weight, right, called=f"{called}, the {which} weight")


def test_made_again_from_its_config():
    """An optimizer made from another's config has its momentum.

    A config holds the arguments of the constructor. The base class knows its own, and you add
    yours.
    """
    called = "o = HeavyBall(0.1, momentum=0.5), HeavyBall.from_config(o.get_config())"
    with expect.works(called, **CONFIG):
        optimizer = HeavyBall(0.1, momentum=0.5)
        again = HeavyBall.from_config(optimizer.get_config())
    called += ", three steps down w ** 2, as with o"
    with expect.works(called):
        w, same = (descend(o, keras.Variable(1.0), steps=3) for o in (optimizer, again))
    expect.value(same, w, called=called)


def test_a_schedule_sets_the_steps():
    """A learning rate schedule gives every step its own rate.

    The base class works it out for each step and hands it to update_step.
    """
    called = "HeavyBall(0.1, halved by every step, momentum=0.5), two steps, gradients 0.0 and 1.0"
    with expect.works(called, **KERAS_2):
        w = push(HeavyBall(halved(), momentum=0.5), keras.Variable(1.0), 0.0, 1.0)
        second = push(HeavyBall(0.05, momentum=0.5), keras.Variable(1.0), 0.0, 1.0)
    expect.value(w, second, called=f"{called}, as with a rate of 0.05 in the second")


def test_without_momentum():
    """A momentum of 0.0 is plain gradient descent.

    0.0 is a number like any other: nothing is left of the steps before.
    """
    called = "HeavyBall(0.1, momentum=0.0), w = 1.0, three steps with gradient 1.0"
    with expect.works(called, **KERAS_2):
        w = push(HeavyBall(0.1, momentum=0.0), keras.Variable(1.0), 1.0, 1.0, 1.0)
    expect.value(w, 0.7, called=called)


def test_the_defaults():
    """Without arguments, the learning rate is 0.01 and the momentum 0.9.

    A default belongs to the contract: many calls rely on it.
    """
    called = "HeavyBall(), two steps with gradient 1.0, as with HeavyBall(0.01, momentum=0.9)"
    with expect.works(called, **KERAS_2):
        w = push(HeavyBall(), keras.Variable(1.0), 1.0, 1.0)
        same = push(HeavyBall(0.01, momentum=0.9), keras.Variable(1.0), 1.0, 1.0)
    expect.value(w, same, called=called)


@pytest.mark.beyond
def test_keeps_what_every_optimizer_can():
    """Clipping, weight decay and averages of weights work as in any Keras optimizer.

    The base class clips, decays and averages, if it is told to and still gets to do its part. It
    clips gradients, before they enter a velocity. Its variables it makes in its own `build`.
    """
    called = "HeavyBall(0.1, momentum=0.5, clipvalue=1.0), two steps with gradient 20.0"
    with expect.works(called):
        w = push(HeavyBall(0.1, momentum=0.5, clipvalue=1.0), keras.Variable(1.0), 20.0, 20.0)
        same = push(HeavyBall(0.1, momentum=0.5), keras.Variable(1.0), 1.0, 1.0)
    expect.value(w, same, called=f"{called}, as with 1.0 and no clipping")
    called = "HeavyBall(0.1, momentum=0.5, weight_decay=0.5), w = 1.0, two steps, gradient 0.0"
    with expect.works(called):
        w = push(HeavyBall(0.1, momentum=0.5, weight_decay=0.5), keras.Variable(1.0), 0.0, 0.0)
    apart = "A decay takes its part of the weight itself. It is no gradient, nor in a velocity."
    decay = None if expect.plain(w) == 1.0 else apart
    expect.value(w, (1.0 - 0.1 * 0.5) ** 2, called=called, idea=decay)
    called = "HeavyBall(0.1, use_ema=True), a step with gradient 1.0, as without use_ema"
    with expect.works(called):
        w = push(HeavyBall(0.1, use_ema=True), keras.Variable(1.0), 1.0)
        same = push(HeavyBall(0.1), keras.Variable(1.0), 1.0)
    expect.value(w, same, called=called)


@pytest.mark.beyond
def test_a_weight_of_another_dtype():
    """A velocity has the dtype of its weight.

    A velocity that is made without a dtype is a float32.
    """
    for dtype in ("float16", "bfloat16"):
        called = f"HeavyBall(0.25, momentum=0.5), two steps with gradient 1.0 for a {dtype} weight"
        with expect.works(called, **ONE_DTYPE):
            optimizer = HeavyBall(0.25, momentum=0.5)
            w = push(optimizer, keras.Variable([1.0, 2.0], dtype=dtype), 1.0, 1.0)
            same = push(HeavyBall(0.25, momentum=0.5), keras.Variable([1.0, 2.0]), 1.0, 1.0)
        expect.value(w, same, called=f"{called}, as for a float32 weight", idea="")
        kinds = {tf.as_dtype(v.dtype).name for v in optimizer.variables if v.ndim}
        called = f"{called}: other dtypes of slot variables in optimizer.variables"
        expect.same(sorted(kinds - {dtype}), [], called=called)


@pytest.mark.beyond
def test_a_weight_with_many_digits():
    """With a float64 weight, momentum and velocity keep all their digits.

    0.9 is not the same number in float32 and in float64. A detour through float32 costs half of
    the digits, and a cast does not bring them back.
    """
    called = "HeavyBall(0.25, momentum=0.9), two steps with gradient 1 / 3 for a float64 weight"
    third = np.float64(1 / 3)
    with expect.works(called, **ONE_DTYPE):
        w = push(HeavyBall(0.25, momentum=0.9), keras.Variable(1.0, dtype="float64"), third, third)
        same = push(HeavyBall(0.25, momentum=0.9), keras.Variable(1.0), third, third)
    expect.value(w, same, called=f"{called}, as for a float32 weight", idea="")
    off = abs(float(w) - (1.0 - 0.25 * (third + 1.9 * third)))
    expect.that(
        bool(off < 1e-12 or off > 1e-4),
        called=called,
        expected="all digits that a float64 has",
        seen=f"digits that are wrong from {off:.0e} on",
    )


@pytest.mark.beyond
def test_the_config_has_every_argument():
    """The config has the name, the schedule and the other arguments, too.

    What is not the optimizer's own goes to the base class. That puts it into its config, a schedule
    in a form that a file can hold.
    """
    given = {"name": "mine", "weight_decay": 0.5}
    called = "o = HeavyBall(a schedule, name='mine', weight_decay=0.5)"
    with expect.works(called):
        optimizer = HeavyBall(halved(), **given)
    called += ", HeavyBall.from_config(o.get_config())"
    with expect.works(called, **CONFIG):
        again = HeavyBall.from_config(optimizer.get_config())
    expect.same(again.name, "mine", called=f"{called}, its name")
    called += ", three steps down w ** 2, as with o"
    with expect.works(called):
        w, same = (descend(o, keras.Variable(1.0), steps=3) for o in (optimizer, again))
    expect.value(same, w, called=called)
    for given in (
        {"use_ema": True, "ema_momentum": 0.5, "ema_overwrite_frequency": 7},
        {"gradient_accumulation_steps": 3, "loss_scale_factor": 2.0, "weight_decay": 0.5},
        {"clipvalue": 1.5},
        {"clipnorm": 1.5},
        {"global_clipnorm": 1.5},
    ):
        called = f"HeavyBall(0.1, {', '.join(f'{k}={v}' for k, v in given.items())}).get_config()"
        with expect.works(called):
            config = HeavyBall(0.1, **given).get_config()
        seen = {name: config.get(name) for name in given}
        expect.same(seen, given, called=f"what {called} has of them")
