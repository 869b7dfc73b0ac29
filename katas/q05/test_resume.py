import os
import shutil

import keras
import numpy as np
import pytest

from dojo import expect
from katas.q05.resume import resume_training, save_training

X = np.random.default_rng(5).normal(size=(4, 3)).astype("float32")
Y = np.sum(X, axis=1, keepdims=True) ** 2
COUNTS = (
    "A schedule computes the learning rate from the optimizer's iterations, and Adam corrects its "
    "averages with them. At 0, training begins anew, with warm-up and all."
)
LOST_SLOTS = {
    "idea": "This optimizer has no slot variables for the weights of its model.",
    "when": "Unknown variable",
}


def maker(optimizer):
    """A function that makes a model, compiled with such an optimizer."""

    def build():
        model = keras.Sequential(
            [
                keras.Input([3]),
                keras.layers.BatchNormalization(center=False, scale=False),
                keras.layers.Dense(1),
            ]
        )
        # Eager steps are slower than compiled ones, but need no trace.
        model.compile(optimizer(), keras.losses.LogCosh(), run_eagerly=True)
        return model

    return build


def in_a_new_process():
    """From here on, Keras names layers as a new process would: the first Dense is `dense`."""
    keras.utils.clear_session(free_memory=False)


def trained(build, steps):
    """A model as so many steps might leave it: all weights and slot variables have moved."""
    in_a_new_process()
    model = build()
    model.optimizer.build(model.trainable_variables)
    for variable in [*model.weights, *model.optimizer.variables]:
        if variable.ndim:  # the optimizer's scalars are its iterations and its learning rate
            variable.assign(np.random.uniform(0.5, 1.5, variable.shape))
    model.optimizer.iterations.assign(steps)
    return model


def like(model, build):
    """A second model in the same state, which nobody saves."""
    twin = build()
    twin.optimizer.build(twin.trainable_variables)
    pairs = zip(
        twin.weights + twin.optimizer.variables,
        model.weights + model.optimizer.variables,
        strict=True,
    )
    for variable, other in pairs:
        variable.assign(other)
    return twin


def save(model, folder, called="save_training(model, folder)"):
    with expect.works(called):
        save_training(model, folder)


def resume(folder, build, called="resume_training(folder, build)"):
    in_a_new_process()
    with expect.works(called):
        resumed = resume_training(folder, build)
    expect.that(
        isinstance(resumed, keras.Model),
        called=called,
        expected="a keras.Model",
        seen=f"an object of type {type(resumed).__name__}",
        idea="",
    )
    return resumed


def optimizer_of(
    model,
    called="the optimizer of the resumed model",
    idea="Only a compiled model can be trained.",
):
    optimizer = getattr(model, "optimizer", None)
    expect.that(
        isinstance(optimizer, keras.optimizers.Optimizer),
        called=called,
        expected="a Keras optimizer",
        seen=f"{optimizer}" if model.compiled else f"{optimizer}: the model is not compiled",
        idea=idea,
    )
    return optimizer


def compare(seen, expected, called, **options):
    called_number = f"how many there are of {called}"
    expect.same(len(seen), len(expected), called=called_number, idea="")
    for number, (one, other) in enumerate(zip(seen, expected, strict=True)):
        what = f"{called}, number {number} of {len(expected)}"
        expect.value(one, other, called=what, **options)


def test_all_weights_are_back(tmp_path):
    """A resumed model has all weights, trained or not.

    Gradients do not move every weight. What a BatchNormalization has seen of the data is a weight
    as well, and inference needs it.
    """
    build = maker(lambda: keras.optimizers.SGD(0.01))
    model = trained(build, steps=1)
    save(model, tmp_path)
    resumed = resume(tmp_path, build)
    compare(resumed.get_weights(), model.get_weights(), "the weights after resume_training")


def test_the_optimizer_counts_on(tmp_path):
    """The optimizer knows how many steps it has taken.

    A schedule computes the learning rate from the optimizer's iterations, and Adam corrects its
    averages with them. At 0, training begins anew, with warm-up and all.
    """
    schedule = keras.optimizers.schedules.PolynomialDecay(0.1, decay_steps=10, end_learning_rate=0)
    build = maker(lambda: keras.optimizers.Adam(schedule))
    save(trained(build, steps=4), tmp_path)
    optimizer = optimizer_of(resume(tmp_path, build))
    expect.value(optimizer.iterations, 4, called="optimizer.iterations, stopped after 4 steps")
    called = "the learning rate, on its way from 0.1 to 0 in 10 steps"
    expect.value(optimizer.learning_rate, 0.06, called=called)
    optimizer.iterations.assign_add(1)
    what = f"{called}, one step after the stop"
    stands_still = "A schedule is a rule. The learning rate of one moment is a number."
    expect.value(optimizer.learning_rate, 0.05, called=what, idea=stands_still)


def test_the_learning_rate_is_the_last_one(tmp_path):
    """A learning rate that was lowered during training stays low.

    Callbacks such as ReduceLROnPlateau write to the optimizer's learning rate. It is state. The
    code that compiles the model knows only where it started.
    """
    build = maker(lambda: keras.optimizers.RMSprop(0.01))
    model = trained(build, steps=1)
    model.optimizer.learning_rate = 0.0025
    save(model, tmp_path)
    optimizer = optimizer_of(resume(tmp_path, build))
    called = "optimizer.learning_rate, compiled with 0.01 and then set to 0.0025"
    expect.value(optimizer.learning_rate, 0.0025, called=called)


def test_training_goes_on_as_if_never_stopped(tmp_path):
    """Training that was stopped ends where it would have ended.

    A step depends on the optimizer's settings, and on its slot variables, which remember past
    gradients. With others, the first steps after a stop go elsewhere.
    """
    for optimizer in (
        lambda: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
        lambda: keras.optimizers.Adam(0.05, beta_1=0.5),
        lambda: keras.optimizers.Adagrad(0.05),
    ):
        build, kind = maker(optimizer), type(optimizer()).__name__
        model = trained(build, steps=1)
        never_stopped = like(model, build)
        folder = tmp_path / kind
        folder.mkdir()
        save(model, folder)
        resumed = resume(folder, build)
        seen = type(optimizer_of(resumed)).__name__
        settings = "Optimizer and loss are settings of compile. A resumed model has the same."
        called = "the kind of the resumed model's optimizer"
        expect.same(seen, kind, called=called, idea=settings)
        with expect.works(f"training the resumed model, with {kind}", **LOST_SLOTS):
            loss = np.asarray(resumed.train_on_batch(X, Y)).ravel()[0]
        called = "the loss of the resumed model's first batch, compiled with LogCosh"
        expect.value(loss, never_stopped.train_on_batch(X, Y), called=called, idea=settings)
        called = f"optimizer.iterations, a step after a stop at 1, with {kind}"
        expect.value(optimizer_of(resumed).iterations, 2, called=called, idea=COUNTS)
        compare(
            [weight.numpy() for weight in resumed.trainable_weights],
            [weight.numpy() for weight in never_stopped.trainable_weights],
            f"the trained weights, a step after a stop, with {kind}",
            tolerance=1e-5,
        )


def test_the_last_save_counts(tmp_path):
    """Of two saves in the same folder, the last one counts.

    If you save every hour, you resume from the last hour. In a folder with several files something
    has to say which is the last: sorted by name, 10 comes before 9.
    """
    build = maker(lambda: keras.optimizers.SGD(0.02))
    save(trained(build, steps=9), tmp_path, "save_training(model, folder), after 9 steps")
    # What a save does to the model that is saved is another test's matter.
    model = trained(build, steps=10)
    save(model, tmp_path, "save_training(model, folder) a second time, after 10 steps")
    resumed = resume(tmp_path, build)
    called = "the trained weights, saved after 9 and again after 10 steps"
    compare(resumed.trainable_weights, model.trainable_weights, called)
    if steps := int(optimizer_of(resumed).iterations):  # that it is lost is another test's matter
        called = "optimizer.iterations, saved after 9 and again after 10 steps"
        expect.value(steps, 10, called=called)


def test_nothing_but_the_folder_is_needed(tmp_path):
    """Nothing but the folder is needed, wherever it lies.

    Training goes on in another process, on another machine. Nothing is in memory any more, and
    the path is another one. It comes to the same to save another model elsewhere, to change the
    old one, and to move the folder.
    """
    build = maker(lambda: keras.optimizers.Adam(0.01))
    model = trained(build, steps=2)
    here, there, elsewhere = tmp_path / "a" / "here", tmp_path / "b" / "there", tmp_path / "c"
    for folder in (here, there.parent, elsewhere):
        folder.mkdir(parents=True)
    save(model, here)
    at_first = resume(here, build)
    weights = [weight.numpy() for weight in at_first.trainable_weights]
    variables = [variable.numpy() for variable in optimizer_of(at_first).variables]
    save(trained(build, steps=5), elsewhere, "save_training of another model, elsewhere")
    for variable in (*model.variables, *at_first.variables):
        variable.assign(variable * 0)
    shutil.move(here, there)
    resumed = resume(there, build, "resume_training(folder, build), with the folder moved")
    seen = [weight.numpy() for weight in resumed.trainable_weights]
    compare(seen, weights, "the trained weights, with the folder moved and the old model gone")
    seen = [variable.numpy() for variable in optimizer_of(resumed).variables]
    called = "the optimizer's variables, with the folder moved and the old model gone"
    compare(seen, variables, called)


@pytest.mark.beyond
def test_a_training_begun_anew_counts(tmp_path):
    """The last save counts, even if its training has taken fewer steps.

    Somebody found a mistake and began anew, in the same folder. More steps do not mean later.
    """
    build = maker(lambda: keras.optimizers.SGD(0.02))
    save(trained(build, steps=10), tmp_path, "save_training(model, folder), after 10 steps")
    model = trained(build, steps=9)
    save(model, tmp_path, "save_training of a model trained anew, after 9 steps")
    resumed = resume(tmp_path, build)
    called = "the trained weights, saved after 10 steps and then, trained anew, after 9 steps"
    compare(resumed.trainable_weights, model.trainable_weights, called)


@pytest.mark.beyond
def test_the_times_of_files_do_not_count(tmp_path):
    """The last save counts in a copy of the folder, too.

    A copy, a checkout or a download gives files the time at which they were written there. That
    says nothing about the order of the saves.
    """
    build = maker(lambda: keras.optimizers.SGD(0.02))
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    save(trained(build, steps=3), here, "save_training(model, folder), after 3 steps")
    earlier = {file.relative_to(here) for file in here.rglob("*")}
    model = trained(build, steps=4)
    save(model, here, "save_training(model, folder) a second time, after 4 steps")
    shutil.copytree(here, there)
    for file in there.rglob("*"):
        seconds = 2_000_000 if file.relative_to(there) in earlier else 1_000_000
        os.utime(file, (seconds, seconds))
    resumed = resume(there, build, "resume_training(folder, build), with a copy of the folder")
    called = "the trained weights, saved after 3 and again after 4 steps, with a copy of the folder"
    compare(resumed.trainable_weights, model.trainable_weights, called)


@pytest.mark.beyond
def test_saving_leaves_the_model_as_it_is(tmp_path):
    """Saving changes nothing in the model that is saved.

    Training goes on after a save, and the same model may be saved again in another way. The
    optimizer that it was compiled with belongs to it.
    """
    model = trained(maker(lambda: keras.optimizers.Adam(0.02)), steps=2)
    model.compile(model.optimizer, model.loss, metrics=["mae"], run_eagerly=True)
    settings, weights = model.get_compile_config(), model.get_weights()
    variables = [variable.numpy() for variable in model.optimizer.variables]
    loss, _ = model.test_on_batch(X, Y)
    save(model, tmp_path)
    compare(model.get_weights(), weights, "the weights after save_training")
    optimizer = optimizer_of(model, "the optimizer of the saved model", idea=None)
    kept = [variable.numpy() for variable in optimizer.variables]
    compare(kept, variables, "the optimizer's variables after save_training")
    with expect.works("model.test_on_batch(x, y) after save_training"):
        seen = np.asarray(model.test_on_batch(X, Y)).ravel()[0]
    expect.value(seen, loss, called="model.test_on_batch(x, y) after save_training")
    model.save(tmp_path / "colleague.keras")
    loaded = keras.models.load_model(tmp_path / "colleague.keras")
    called = "the optimizer of a .keras file that is saved from the same model afterwards"
    kind = type(optimizer_of(loaded, called, idea=None)).__name__
    expect.same(kind, "Adam", called=called)
    kept = model.get_compile_config()
    for name, setting in settings.items():
        called = f"model.get_compile_config()[{name!r}] after save_training"
        expect.same(kept.get(name), setting, called=called)
