import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q11.two_in_two_out import compile_ticket_model, ticket_model

MODEL = "ticket_model(8, 5, 3)"
OUTPUTS = ("priority", "department")
TARGETS = {"priority": np.linspace(0, 1, 12)[:, None], "department": np.arange(12) % 3}


def tickets(rows=12, title_size=8, tags_size=5, scale=1.0):
    rng = np.random.default_rng(rows)
    return {
        "title": tf.constant(scale * rng.normal(size=(rows, title_size)), tf.float32),
        "tags": tf.constant(scale * rng.normal(size=(rows, tags_size)), tf.float32),
    }


def answers(model, x, called):
    """The outputs as arrays, after a look at their names."""
    with expect.works(called):
        outputs = model(x)
    names = sorted(outputs) if isinstance(outputs, dict) else f"a {type(outputs).__name__}"
    expect.that(
        names == sorted(OUTPUTS),
        called=f"the outputs of {called}",
        expected="a dict with the keys priority and department",
        seen=str(names),
    )
    return {name: np.asarray(outputs[name]) for name in OUTPUTS}


def losses_by_hand(outputs):
    """Both losses of 12 tickets: the squared error of the priority, the department's entropy."""
    errors = outputs["priority"].ravel() - TARGETS["priority"].ravel()
    hits = outputs["department"][np.arange(12), TARGETS["department"]]
    return np.mean(errors**2), -np.mean(np.log(np.clip(hits, 1e-7, 1)))


def evaluated(model, x, called):
    """What evaluate reports; an error in the graph is told without the graph."""
    with expect.works(called):
        try:
            model.jit_compile = False  # the same numbers, and no wait for XLA
            batch = tf.data.Dataset.from_tensor_slices((x, TARGETS)).batch(12)
            return model.evaluate(batch, verbose=0, return_dict=True)
        except tf.errors.InvalidArgumentError:
            expect.that(
                False,
                called=called,
                expected="a loss for each output, which takes its targets",
                seen="an InvalidArgumentError: an output, its targets and its loss do not fit",
            )


def test_every_output_has_its_name_and_shape():
    """A batch of tickets gives a dict of outputs, each of its own shape.

    A model may have any structure of tensors as inputs and outputs. With a dict, everything goes
    by name: nobody has to remember which output was the first.
    """
    for rows, title_size, tags_size, departments in (12, 8, 5, 3), (1, 4, 7, 2):
        with expect.works(f"ticket_model({title_size}, {tags_size}, {departments})"):
            model = ticket_model(title_size, tags_size, departments)
        called = f"ticket_model({title_size}, {tags_size}, {departments}) of a batch of {rows}"
        outputs = answers(model, tickets(rows, title_size, tags_size), called)
        for name, width in ("priority", 1), ("department", departments):
            shape = outputs[name].shape
            expect.same(shape, (rows, width), called=f"the shape of {name} in {called}")


def test_outputs_are_a_fraction_and_probabilities():
    """Priorities are from 0 to 1, probabilities of departments sum to 1.

    What a head may give out is decided by its activation, also for tickets as nobody has seen
    before.
    """
    called = f"{MODEL} of a batch with large numbers"
    outputs = answers(ticket_model(8, 5, 3), tickets(50, scale=30.0), called)
    low, high = outputs["priority"].min(), outputs["priority"].max()
    expect.that(
        bool(low >= 0 and high <= 1),
        called=f"priority in {called}",
        expected="values between 0 and 1",
        seen=f"values between {low:.3g} and {high:.3g}",
    )
    rows = outputs["department"]
    expect.that(
        bool((rows >= 0).all()),
        called=f"department in {called}",
        expected="no negative probability",
        seen=f"{rows.min():.3g}",
    )
    expect.value(rows.sum(1), np.ones(50), called=f"the sums of the rows of department in {called}")


def test_each_output_depends_on_each_input():
    """Both outputs change when the title changes, and when the tags do.

    What is not on a way from an input to an output has no part in it, and nothing complains.
    """
    model = ticket_model(8, 5, 3)
    x, other = tickets(), tickets(scale=-3.0)
    before = answers(model, x, f"{MODEL} of a batch")
    for name in "title", "tags":
        after = answers(model, x | {name: other[name]}, f"{MODEL} of a batch")
        for output in OUTPUTS:
            expect.that(
                not np.allclose(before[output], after[output], atol=1e-6),
                called=f"{MODEL} of 12 tickets, and of the same but for the {name}",
                expected=f"another {output}",
                seen=f"the same {output}",
            )


def test_one_trunk_serves_both():
    """There are weights that both outputs depend on.

    Two networks side by side learn nothing from each other. In a shared trunk, each task trains
    what the other one uses, and that is what one model for both is for.
    """
    model, x = ticket_model(8, 5, 3), tickets()
    answers(model, x, f"{MODEL} of a batch")
    with tf.GradientTape(persistent=True) as tape:
        outputs = model(x)
        firsts = [outputs[name][..., 0] for name in OUTPUTS]
    weights = model.trainable_variables
    reached = [[g is not None for g in tape.gradient(y, weights)] for y in firsts]
    shared = sum(map(all, zip(*reached, strict=True)))
    expect.that(
        shared > 0,
        called=f"the weights of {MODEL} that get gradients from both outputs",
        expected="at least one",
        seen=f"0 of {len(weights)}",
    )


def test_the_loss_is_the_weighted_sum():
    """The loss is the weighted sum of both, and all three are reported.

    Losses of two kinds have two scales. The weight says how much the one may cost the other.
    """
    model, x = ticket_model(8, 5, 3), tickets()
    mse, entropy = losses_by_hand(answers(model, x, f"{MODEL} of a batch"))
    called = "evaluate, after compile_ticket_model(model, 4.0) and then (model, 0.25)"
    with expect.works(called):
        compile_ticket_model(model, 4.0)
        compile_ticket_model(model, 0.25)
    report = evaluated(model, x, called)
    want = {"priority_loss": mse, "department_loss": entropy, "loss": 0.25 * mse + entropy}
    missing = sorted(want.keys() - report)
    expect.that(
        not missing, called=called, expected=", ".join(want), seen=f"no {', '.join(missing)}"
    )
    for name, value in want.items():
        expect.value(report[name], value, called=f"{name} of {called}", tolerance=1e-3)


def test_a_saved_model_answers_the_same(tmp_path):
    """A compiled model is loaded with the same answers and losses.

    A .keras file holds no code. What is made of Keras's own layers and losses is all in it.
    """
    model, x = ticket_model(8, 5, 3), tickets()
    before = answers(model, x, f"{MODEL} of a batch")
    called = "a compiled model, saved as a.keras and loaded"
    with expect.works(called):
        compile_ticket_model(model, 0.0)
        model.save(tmp_path / "a.keras")
        again = keras.models.load_model(tmp_path / "a.keras")
    after = answers(again, x, called)
    for name in OUTPUTS:
        expect.value(after[name], before[name], called=f"{name} of {called}")
    _, entropy = losses_by_hand(before)
    loss = evaluated(again, x, f"evaluate of {called}")["loss"]
    called = f"the loss of {called}, with a priority_weight of 0.0"
    expect.value(loss, entropy, called=called, tolerance=1e-3)
