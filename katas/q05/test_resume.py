import shutil

import keras
import numpy as np

from dojo import expect
from katas.q05.resume import resume_training, save_training

X = np.random.default_rng(5).normal(size=(4, 3)).astype("float32")
Y = np.sum(X, axis=1, keepdims=True) ** 2


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


def trained(model, steps):
    """The model as so many steps might leave it: all weights and slot variables have moved."""
    model.optimizer.build(model.trainable_variables)
    for variable in [*model.weights, *model.optimizer.variables]:
        if variable.ndim:  # the optimizer's scalars are its iterations and its learning rate
            variable.assign(np.random.uniform(0.5, 1.5, variable.shape))
    model.optimizer.iterations.assign(steps)
    return model


def stop_and_resume(model, build, folder):
    with expect.works("save_training(model, folder)"):
        save_training(model, folder)
    with expect.works("resume_training(folder, build)"):
        resumed = resume_training(folder, build)
    expect.that(
        isinstance(resumed, keras.Model),
        called="resume_training(folder, build)",
        expected="a keras.Model",
        seen=f"an object of type {type(resumed).__name__}",
    )
    return resumed


def optimizer_of(resumed):
    optimizer = getattr(resumed, "optimizer", None)
    expect.that(
        isinstance(optimizer, keras.optimizers.Optimizer),
        called="the optimizer of the resumed model",
        expected="a Keras optimizer",
        seen=f"{optimizer}: the model is not compiled",
    )
    return optimizer


def compare(seen, expected, called, **options):
    for number, (one, other) in enumerate(zip(seen, expected, strict=True)):
        what = f"{called}, number {number} of {len(expected)}"
        expect.value(one, other, called=what, **options)


def test_all_weights_are_back(tmp_path):
    """A resumed model has all weights, trained or not.

    Not every weight is moved by gradients. What a BatchNormalization has seen of the data is a
    weight as well, and inference needs it.
    """
    build = maker(lambda: keras.optimizers.SGD(0.01))
    model = trained(build(), steps=1)
    weights = model.get_weights()
    resumed = stop_and_resume(model, build, tmp_path)
    compare(resumed.get_weights(), weights, "the weights after resume_training")


def test_the_optimizer_counts_on(tmp_path):
    """The optimizer knows how many steps it has taken.

    A schedule computes the learning rate from the optimizer's iterations; Adam corrects its
    averages with them. At 0, training begins anew, with warm-up and all.
    """
    schedule = keras.optimizers.schedules.PolynomialDecay(0.1, decay_steps=10, end_learning_rate=0)
    build = maker(lambda: keras.optimizers.Adam(schedule))
    model = trained(build(), steps=4)
    optimizer = optimizer_of(stop_and_resume(model, build, tmp_path))
    expect.value(optimizer.iterations, 4, called="optimizer.iterations, stopped after 4 steps")
    called = "the learning rate, on its way from 0.1 to 0 in 10 steps"
    expect.value(optimizer.learning_rate, 0.06, called=called)
    optimizer.iterations.assign_add(1)
    expect.value(optimizer.learning_rate, 0.05, called=f"{called}, one step after the stop")


def test_the_learning_rate_is_the_last_one(tmp_path):
    """A learning rate that was lowered during training stays low.

    Callbacks such as ReduceLROnPlateau write to the optimizer's learning rate. It is state, and
    the code that compiles the model knows only where it started.
    """
    build = maker(lambda: keras.optimizers.RMSprop(0.01))
    model = trained(build(), steps=1)
    model.optimizer.learning_rate = 0.0025
    optimizer = optimizer_of(stop_and_resume(model, build, tmp_path))
    called = "optimizer.learning_rate, compiled with 0.01 and then set to 0.0025"
    expect.value(optimizer.learning_rate, 0.0025, called=called)


def test_training_goes_on_as_if_never_stopped(tmp_path):
    """Training that was stopped ends where it would have ended.

    An optimizer with momentum remembers past gradients in slot variables, one for each weight.
    Without them the first steps after a stop go elsewhere, and the loss jumps.
    """
    for optimizer in (
        lambda: keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
        lambda: keras.optimizers.Adam(0.05, beta_1=0.5),
        lambda: keras.optimizers.Adagrad(0.05),
    ):
        build, kind = maker(optimizer), type(optimizer()).__name__
        model = trained(build(), steps=1)
        resumed = stop_and_resume(model, build, tmp_path)
        model.train_on_batch(X, Y)
        with expect.works(f"training the resumed model, with {kind}"):
            resumed.train_on_batch(X, Y)
        seen = type(optimizer_of(resumed)).__name__
        expect.same(seen, kind, called="the kind of the resumed model's optimizer")
        compare(
            [weight.numpy() for weight in resumed.trainable_weights],
            [weight.numpy() for weight in model.trainable_weights],
            f"the trained weights, a step after a stop, with {kind}",
            tolerance=1e-5,
        )


def test_the_last_stop_counts(tmp_path):
    """Of two stops in the same folder, the last one counts.

    Who saves every hour resumes from the last hour. A folder with several files needs a word on
    which is the last one: sorted by name, 10 comes before 9.
    """
    build = maker(lambda: keras.optimizers.SGD(0.02))
    model = trained(build(), steps=9)
    with expect.works("save_training(model, folder), after 9 steps"):
        save_training(model, str(tmp_path))
    trained(model, steps=10)
    with expect.works("save_training(model, folder) a second time, after 10 steps"):
        save_training(model, str(tmp_path))
    resumed = resume_training(str(tmp_path), build)
    steps = optimizer_of(resumed).iterations
    expect.value(steps, 10, called="optimizer.iterations, saved after 9 and again after 10 steps")
    expected = model.trainable_weights[0].numpy()
    called = "the first kernel, saved after 9 and again after 10 steps"
    expect.value(resumed.trainable_weights[0], expected, called=called)


def test_saving_leaves_the_model_as_it_is(tmp_path):
    """Saving changes nothing in the model that is saved.

    Training goes on after a save, and the same model may be saved again in another way. The
    optimizer that it was compiled with belongs to it.
    """
    model = trained(maker(lambda: keras.optimizers.Adam(0.02))(), steps=2)
    weights = model.get_weights()
    variables = [variable.numpy() for variable in model.optimizer.variables]
    with expect.works("save_training(model, folder)"):
        save_training(model, tmp_path)
    compare(model.get_weights(), weights, "the weights after save_training")
    kept = [variable.numpy() for variable in optimizer_of(model).variables]
    called = "how many variables the optimizer has after save_training"
    expect.same(len(kept), len(variables), called=called)
    compare(kept, variables, "the optimizer's variables after save_training")
    steps = optimizer_of(model).iterations
    expect.value(steps, 2, called="the model's own optimizer.iterations after save_training")
    model.save(tmp_path / "colleague.keras")
    loaded = keras.models.load_model(tmp_path / "colleague.keras")
    kind = type(optimizer_of(loaded)).__name__
    called = "the optimizer of a .keras file that is saved from the same model afterwards"
    expect.same(kind, "Adam", called=called)


def test_nothing_but_the_folder_is_needed(tmp_path):
    """Nothing but the folder is needed, wherever it lies.

    Training goes on in another process, on another machine: there is no model in memory any more,
    and the path is another one. The test changes the old model and moves the folder, which comes
    to the same.
    """
    build = maker(lambda: keras.optimizers.Adam(0.01))
    model = trained(build(), steps=2)
    weights = [weight.numpy() for weight in model.trainable_weights]
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    with expect.works("save_training(model, folder)"):
        save_training(model, here)
    for variable in model.variables:
        variable.assign(variable * 0)
    shutil.move(here, there)
    with expect.works("resume_training(folder, build), with the folder under another path"):
        resumed = resume_training(there, build)
    seen = [weight.numpy() for weight in resumed.trainable_weights]
    compare(seen, weights, "the trained weights, with the old model gone")
    steps = optimizer_of(resumed).iterations
    expect.value(steps, 2, called="optimizer.iterations, with the folder under another path")
