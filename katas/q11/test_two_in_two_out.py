import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q11.two_in_two_out import compile_ticket_model, ticket_model
from lab.loading import loaded, registered

AT_IMPORT = registered()
MODEL = "ticket_model(8, 5, 3)"
OUTPUTS = ("priority", "department")
TARGETS = {"priority": np.linspace(0, 1, 12)[:, None], "department": np.arange(12) % 3}
BY_NAME = "With a dict, everything goes by name: nobody has to know which output was the first."
ONE_LINE = {
    "idea": "A Sequential begins with one Input. The place where two come together is a graph.",
    "when": "different Input layer",
}


def tickets(rows=12, title_size=8, tags_size=5, scale=1.0):
    rng = np.random.default_rng(rows)
    return {
        "title": tf.constant(scale * rng.normal(size=(rows, title_size)), tf.float32),
        "tags": tf.constant(scale * rng.normal(size=(rows, tags_size)), tf.float32),
    }


def made(*sizes):
    with expect.works(f"ticket_model{sizes}", **ONE_LINE):
        return ticket_model(*sizes)


def answers(model, x, called=f"{MODEL} of a batch"):
    """The outputs as arrays, after a look at their names and at a call outside of training."""
    with expect.works(called):
        outputs, in_use = model(x), model(x, training=False)
    names = sorted(outputs) if isinstance(outputs, dict) else f"a {type(outputs).__name__}"
    keys = "a dict with the keys priority and department"
    ok = names == sorted(OUTPUTS)
    called = f"the outputs of {called}"
    expect.that(ok, called=called, expected=keys, seen=str(names), idea=BY_NAME)
    first, second = ({name: np.asarray(y[name]) for name in OUTPUTS} for y in (outputs, in_use))
    expect.that(
        all(np.allclose(first[name], second[name], atol=1e-6) for name in OUTPUTS),
        called=f"{called}, and of the same batch with training=False",
        expected="the same answers",
        seen="other answers",
        idea="Outside of training something is random, or goes on as in training.",
    )
    return first


def losses_by_hand(outputs):
    """Both losses of 12 tickets: the squared error of the priority, the department's entropy."""
    errors = outputs["priority"].ravel() - TARGETS["priority"].ravel()
    hits = outputs["department"][np.arange(12), TARGETS["department"]]
    return np.mean(errors**2), -np.mean(np.log(np.clip(hits, 1e-7, 1)))


def evaluated(model, x, called):
    """What evaluate reports of 12 tickets, without XLA; an error is told without the graph."""
    batch = tf.data.Dataset.from_tensor_slices((x, TARGETS)).batch(12)
    model.jit_compile = False
    with expect.works(called):
        try:
            report = model.evaluate(batch, verbose=0, return_dict=True)
        except tf.errors.InvalidArgumentError:
            expect.that(
                False,
                called=called,
                expected="for each output, a loss that takes its targets",
                seen="an InvalidArgumentError: a loss does not fit the targets that it got",
                idea="A dict of losses goes by the names of the outputs. A list of losses goes by "
                "the sorted names, in whatever order the outputs were written.",
            )
    missing = sorted({"loss", "priority_loss", "department_loss"} - report.keys())
    expect.that(
        not missing,
        called=called,
        expected="loss, priority_loss, department_loss",
        seen=f"no {', '.join(missing)}",
        idea="An output that has no loss is not trained, and not reported.",
    )
    return report


def compiled(weight, called, move=0.0):
    """A compiled model, a batch, and what evaluate reports, after its weights were moved."""
    model, x = made(8, 5, 3), tickets()
    answers(model, x)
    for trainable in model.trainable_variables:
        trainable.assign(trainable + move)
    with expect.works(called):
        compile_ticket_model(model, weight)
    return model, x, evaluated(model, x, called)


def weighted(report, weight):
    return weight * report["priority_loss"] + report["department_loss"]


def test_every_output_has_its_name_and_shape():
    """A batch of tickets gives a dict of outputs, each of its own shape.

    Inputs and outputs may be any structure of tensors: a list, a dict. The sizes are arguments.
    """
    for rows, *sizes in (12, 8, 5, 3), (1, 4, 7, 2):
        called = f"{{}}ticket_model{tuple(sizes)} of a batch of {rows}"
        outputs = answers(made(*sizes), tickets(rows, *sizes[:2]), called.format(""))
        for name, width in ("priority", 1), ("department", sizes[-1]):
            where = called.format(f"the shape of {name} in ")
            expect.same(outputs[name].shape, (rows, width), called=where)


def test_outputs_are_a_fraction_and_probabilities():
    """Priorities are from 0 to 1, probabilities of departments sum to 1.

    The activation of a head decides what it may give, also for tickets that nobody has seen before.
    """
    called = f"{MODEL} of a batch with large numbers"
    outputs = answers(made(8, 5, 3), tickets(50, scale=30.0), called)
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

    An input that no layer takes has no part in the model, and nothing complains.
    """
    model, x, other = made(8, 5, 3), tickets(), tickets(scale=-3.0)
    before = answers(model, x)
    for name in "title", "tags":
        after = answers(model, x | {name: other[name]})
        for output in OUTPUTS:
            expect.that(
                not np.allclose(before[output], after[output], atol=1e-6),
                called=f"{MODEL} of 12 tickets, and of the same but for the {name}",
                expected=f"another {output}",
                seen=f"the same {output}",
            )


def test_one_trunk_serves_both():
    """There are weights that get gradients from both outputs.

    Two networks side by side learn nothing from each other. In a shared trunk, each task trains
    what the other one uses.
    """
    model, x = made(8, 5, 3), tickets()
    answers(model, x)
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
    called = "evaluate, after compile_ticket_model(model, 1.7)"
    model, x, report = compiled(1.7, called)
    mse, entropy = losses_by_hand(answers(model, x))
    for name, want, idea in (
        (
            "priority_loss",
            mse,
            "This is the mean squared error alone. The weight counts in `loss`.",
        ),
        ("department_loss", entropy, "This is -log of the right department's probability."),
        ("loss", 1.7 * mse + entropy, None),
    ):
        where = f"{name} of {called}"
        expect.value(report[name], want, called=where, tolerance=1e-3, idea=idea)


def test_a_saved_model_answers_the_same(tmp_path):
    """A compiled model is loaded with the same answers and losses.

    A .keras file holds no code. Keras's own layers and losses are named in it, with their weights.
    """
    called = "evaluate, after compile_ticket_model(model, 0.25)"
    model, x, before = compiled(0.25, called)
    with expect.works("save of a compiled model, as a.keras"):
        model.save(tmp_path / "a.keras")
    again = loaded(tmp_path / "a.keras", AT_IMPORT)
    old, new = answers(model, x), answers(again, x, "a loaded model of a batch")
    for name in OUTPUTS:
        expect.value(new[name], old[name], called=f"{name} of a compiled model, saved and loaded")
    after = evaluated(again, x, "evaluate of a compiled model, saved and loaded")
    for name in "loss", "priority_loss", "department_loss":
        expect.value(
            after[name], before[name], called=f"{name} of a compiled model, saved and loaded"
        )


@pytest.mark.beyond
def test_the_others_in_a_batch_do_not_matter():
    """A ticket gets the same answer alone and among others.

    In training, a layer may look at the whole batch: BatchNormalization takes its mean. In use, who
    else has just written is no reason for another answer.
    """
    model, x = made(8, 5, 3), tickets()
    together = answers(model, x)
    alone = answers(model, {name: rows[:1] for name, rows in x.items()})
    for name in OUTPUTS:
        called = f"{name} of a ticket alone, by {MODEL}"
        expect.value(alone[name], together[name][:1], called=called)


@pytest.mark.beyond
def test_a_new_weight():
    """A model that is compiled again has the new weight.

    Weights of losses are tried out. compile may be called as often as you like.
    """
    called = "evaluate, after compile_ticket_model(model, 4.0) and then (model, 0.25)"
    model, x = made(8, 5, 3), tickets()
    with expect.works(called):
        compile_ticket_model(model, 4.0)
        compile_ticket_model(model, 0.25)
    report = evaluated(model, x, called)
    want, old = (weighted(report, weight) for weight in (0.25, 4.0))
    idea = None if np.isclose(report["loss"], old, rtol=1e-3) else ""
    expect.value(report["loss"], want, called=f"loss of {called}", tolerance=1e-3, idea=idea)


@pytest.mark.beyond
def test_a_weight_of_zero():
    """With a weight of 0, the priority costs nothing.

    In Python 0 counts as false, but it is a number.
    """
    called = "evaluate, after compile_ticket_model(model, 0.0)"
    _, _, report = compiled(0.0, called)
    idea = None if np.isclose(report["loss"], weighted(report, 1.0), rtol=1e-3) else ""
    want = report["department_loss"]
    expect.value(report["loss"], want, called=f"loss of {called}", tolerance=1e-3, idea=idea)


@pytest.mark.beyond
def test_nothing_else_is_in_the_loss():
    """The loss is the weighted sum and not a bit more.

    A regularizer, or a layer's add_loss, adds to the loss of every model that has the layer.
    """
    called = "evaluate of a model with weights that are not 0"
    _, _, report = compiled(0.5, called, move=0.1)
    rest = report["loss"] - weighted(report, 0.5)
    expect.that(
        abs(rest) < 3e-6,
        called=f"loss - 0.5 * priority_loss - department_loss, by {called}",
        expected="0",
        seen=f"{rest:.6f}",
        idea=None if 0 < rest < 0.05 else "",
    )
