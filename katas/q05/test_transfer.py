from functools import cache

import h5py
import keras
import numpy as np
import pytest

from dojo import expect
from katas.q05.transfer import new_head, save_weights_only

X = np.random.default_rng(8).normal(3.0, 2.0, size=(6, 4)).astype("float32")
DOES_NOT_FIT = {
    "idea": "The file has a head for the old number of classes. load_weights takes all of a file, "
    "or raises.",
    "when": "object <Dense name=head",
}


def maker(*widths, **head):
    """A function that makes models with a trunk of such widths, and such a head."""

    def build(classes):
        layers = [keras.Input([4])]
        for width in widths:
            layers.append(keras.layers.Dense(width, "tanh", use_bias=False))
            layers.append(keras.layers.BatchNormalization(center=False, scale=False))
        trunk = keras.Sequential(layers, name="trunk")
        last = keras.layers.Dense(classes, name="head", **head)
        return keras.Sequential([keras.Input([4]), trunk, last])

    return build


def functional(build):
    """The same models, put together as functional ones."""

    def functional_build(classes):
        made = build(classes)
        frame = keras.Input([4])
        return keras.Model(frame, made.get_layer("head")(made.get_layer("trunk")(frame)))

    return functional_build


def of_two_inputs():
    """A functional model: its layers do not stand in a row."""
    video, hour = keras.Input([3]), keras.Input([1])
    dense = keras.layers.Dense(2)(video)
    both = keras.layers.Concatenate()([keras.layers.BatchNormalization()(dense), hour])
    return keras.Model([video, hour], keras.layers.Dense(1)(both))


def train(model, optimizer="sgd"):
    """Take a step; an eager one, which needs no trace."""
    if not model.compiled:
        model.compile(optimizer, "mse", run_eagerly=True)
    model.train_on_batch(X, np.ones([6, model.output_shape[-1]]))
    return model


def learned(model):
    """The model, with weights like those that training leaves behind: all of them have moved."""
    model.set_weights([np.random.uniform(0.5, 1.5, w.shape) for w in model.get_weights()])
    return model


def write(model, path):
    model.save_weights(path)
    return path


@cache
def of_two_classes(parent):
    """What makes a model, the file of one that has learned two classes, and its trunk's weights."""
    build = maker(4)
    old = learned(build(2))
    return build, write(old, parent / "old.weights.h5"), weights_of(old, "trunk")


def transferred(path, *arguments, **options):
    """What new_head makes: a model with two layers, not compiled."""
    shown = [str(argument) for argument in arguments[1:]]
    shown += [f"{name}={value}" for name, value in options.items()]
    called = f"new_head(path, build, {', '.join(shown)})"
    with expect.works(called, **DOES_NOT_FIT):
        model = new_head(path, *arguments, **options)
    layers = model.layers if isinstance(model, keras.Model) else []
    # A functional model counts its input as a layer, and a Sequential does not.
    names = [each.name for each in layers if not isinstance(each, keras.layers.InputLayer)]
    expect.that(
        names == ["trunk", "head"],
        called=called,
        expected="a model with the layers trunk and head",
        seen=f"one with {', '.join(names)}" if names else f"a {type(model).__name__}",
        idea="The caller finds the parts of the model by their names. A model by build has them.",
    )
    expect.that(
        not model.compiled,
        called=called,
        expected="a model not compiled",
        seen="a compiled one",
        idea="Loss and learning rate are the caller's choice.",
    )
    return model


def compare(seen, expected, called, **options):
    for one, other in zip(seen, expected, strict=True):
        expect.value(one, other, called=called, **options)


def weights_of(model, name):
    return model.get_layer(name).get_weights()


def test_all_weights_come_back(tmp_path):
    """A model of the same architecture gets all weights back.

    Gradients do not move every weight. What a BatchNormalization has seen of the data is a weight
    as well.
    """
    path = tmp_path / "model.weights.h5"
    elsewhere = "Keras reads weights from where save_weights puts them in such a file."
    in_a_row = "A Sequential is a row of layers, from one input to one output."
    for kind, build in (
        ("a Sequential model", lambda: maker(5)(2)),
        ("a functional model with two inputs", of_two_inputs),
    ):
        model, again = learned(build()), build()
        called = f"save_weights_only(model, path), of {kind}"
        with expect.works(called, idea=in_a_row, when="Sequential model"):
            save_weights_only(model, path)
        called = f"load_weights(path), in {kind} like the saved one"
        with expect.works(called, idea=elsewhere, when="received 0 variables"):
            again.load_weights(path)
        called = f"a trained weight after load_weights, of {kind}"
        compare(again.trainable_weights, model.trainable_weights, called, idea="")
        called = f"a weight that no gradient moves, after load_weights, of {kind}"
        compare(again.non_trainable_weights, model.non_trainable_weights, called)


def test_the_file_has_weights_only(tmp_path):
    """The file has the weights of the model, and no optimizer.

    Adam keeps two more numbers for each weight that it trains. A clone of the model has an
    optimizer as well, as it is compiled like the model. For inference, or for another task, these
    numbers are ballast.
    """
    model, path = train(maker(6)(3), "adam"), tmp_path / "model.weights.h5"
    slots = [slot.numpy() for slot in model.optimizer.variables if len(slot.shape) == 2]
    with expect.works("save_weights_only(model, path), of a model trained with Adam"):
        save_weights_only(model, path)
    sizes = []
    with expect.works("reading the file as HDF5"), h5py.File(path) as file:
        file.visititems(lambda _, item: sizes.append(getattr(item, "size", 0)))
    seen = sum(sizes)
    called = f"how many numbers the file has; the model's weights are {model.count_params()}"
    expect.value(seen, model.count_params(), called=called)
    content = path.read_bytes()
    expect.that(
        not any(slot.tobytes() in content for slot in slots),
        called="path.read_bytes(), after save_weights_only of a model trained with Adam",
        expected="a file without the numbers of Adam",
        seen="a file with averages of gradients between its bytes",
        idea="HDF5 takes the name of what is deleted out of the file. Its bytes stay.",
    )


@pytest.mark.beyond
def test_the_saved_model_can_be_trained_on(tmp_path):
    """The model that is saved stays compiled, with what its optimizer knows.

    Writing a file is no reason to stop training.
    """
    model = train(maker(3)(2), "adam")
    weights = model.get_weights()
    variables = [variable.numpy() for variable in model.optimizer.variables]
    with expect.works("save_weights_only(model, path)"):
        save_weights_only(model, tmp_path / "model.weights.h5")
    compare(model.get_weights(), weights, "a weight of the saved model itself")
    expect.that(
        model.compiled and model.optimizer is not None,
        called="the model after save_weights_only",
        expected="compiled, as before",
        seen="a model without an optimizer",
    )
    steps = model.optimizer.iterations
    expect.value(steps, 1, called="optimizer.iterations after save_weights_only")
    kept = [variable.numpy() for variable in model.optimizer.variables]
    compare(kept, variables, "a variable of the model's optimizer after save_weights_only")
    with expect.works("training after save_weights_only"):
        train(model)


def test_the_trunk_comes_over(tmp_path):
    """The trunk has its weights, under a head of another size.

    A head for other classes has another shape, and the trunk has not. All its weights are of use,
    also those that no gradient moves.
    """
    build, path, trunk = of_two_classes(tmp_path.parent)
    new = transferred(path, build, 2, 7)
    expect.same(new.output_shape, (None, 7), called="output_shape, with new_classes=7")
    compare(weights_of(new, "trunk"), trunk, "a weight of the new trunk")


def test_the_head_is_new(tmp_path):
    """The head is new, even if it has as many classes as the old one.

    Three other classes are not the same three classes, though the shape fits. And which layer
    makes a head, only `build` knows.
    """
    build = maker(3, activation="softmax", bias_initializer=keras.initializers.Constant(0.25))
    old = learned(build(3))
    path = write(old, tmp_path / "old.weights.h5")
    wider, new = transferred(path, build, 3, 5), transferred(path, build, 3, 3)
    kernel, bias = weights_of(new, "head")
    called = "the bias of the new head, which starts at 0.25 in a model by build"
    expect.value(bias, np.full(3, 0.25), called=called)
    expect.value(weights_of(wider, "head")[1], np.full(5, 0.25), called=f"{called}, for 5 classes")
    expect.that(
        not np.allclose(kernel, weights_of(old, "head")[0], atol=1e-4),
        called="the kernel of the new head",
        expected="other numbers than those of the old head",
        seen="those of the old head",
    )
    called = "the sum of each row of outputs; the head that build makes is a softmax"
    expect.value(np.sum(new(X), axis=-1), np.ones(6), called=called)


def test_a_frozen_trunk_does_not_move(tmp_path):
    """With freeze=True, training moves the head alone.

    Gradients move one kind of a trunk's weights. The other kind is what a BatchNormalization
    measures of its inputs, as long as it runs in training mode.
    """
    in_a_row, old, _ = of_two_classes(tmp_path.parent)
    with_input = functional(in_a_row)
    keras.utils.set_random_seed(5)  # a message has the same numbers, whatever ran before
    other = write(with_input(2), tmp_path / "functional.weights.h5")
    input_first = "The first layer of a functional model is its InputLayer."
    for kind, path, build, idea in (
        ("a Sequential model", old, in_a_row, None),
        ("a functional model", other, with_input, input_first),
    ):
        new = transferred(path, build, 2, 5, freeze=True)
        trunk, kernel = weights_of(new, "trunk"), weights_of(new, "head")[0]
        with expect.works(f"compile and train, with freeze=True and {kind}"):
            train(new)
        called = f"a weight of the frozen trunk after a step, in {kind}"
        compare(weights_of(new, "trunk"), trunk, called, idea=idea)
        expect.that(
            not np.array_equal(weights_of(new, "head")[0], kernel),
            called=f"the kernel of the head after a step, with freeze=True and {kind}",
            expected="other numbers than before",
            seen="the same numbers",
            idea="A frozen model has a frozen head, and learns nothing.",
        )


def test_the_trunk_is_trained_by_default(tmp_path):
    """Without freeze, the trunk is trained further.

    Fine-tuning moves all weights, from where the old task left them.
    """
    build, path, _ = of_two_classes(tmp_path.parent)
    new = transferred(path, build, 2, 4)
    trunk = weights_of(new, "trunk")
    # Behind a head of zeros, a trunk gets no gradients.
    new.get_layer("head").set_weights([np.ones([4, 4]), np.zeros([4])])
    with expect.works("compile and train"):
        train(new)
    pairs = zip(weights_of(new, "trunk"), trunk, strict=True)
    moved = [not np.array_equal(now, before) for now, before in pairs]
    called = "for each weight of the trunk, whether a step moved it"
    expect.same(moved, [True] * len(trunk), called=called)


@pytest.mark.beyond
def test_a_layer_that_is_frozen_stays_frozen(tmp_path):
    """A layer of the trunk that `build` has frozen stays frozen.

    Not to freeze the trunk does not mean to thaw each layer in it.
    """
    build, path, _ = of_two_classes(tmp_path.parent)

    def with_a_frozen_layer(classes):
        model = build(classes)
        model.get_layer("trunk").layers[0].trainable = False
        return model

    new = transferred(path, with_a_frozen_layer, 2, 4)
    first = new.get_layer("trunk").layers[0].get_weights()
    with expect.works("compile and train, with a trunk whose first layer build has frozen"):
        train(new)
    what = "a weight of the trunk's first layer, which build has frozen, after a step"
    compare(new.get_layer("trunk").layers[0].get_weights(), first, what)


@pytest.mark.beyond
def test_a_file_that_does_not_fit_is_refused(tmp_path):
    """The weights of another trunk are refused.

    A weight that is left out without an error is a random number in your model. Nothing but the
    accuracy will tell.
    """
    _, path, _ = of_two_classes(tmp_path.parent)
    called = "new_head with the file of a trunk that is narrower"
    expect.raises(lambda: new_head(path, maker(5), 2, 3), ValueError, called=called)
    called = "new_head with the file of a trunk that has fewer layers"
    expect.raises(lambda: new_head(path, maker(4, 4), 2, 3), ValueError, called=called)
