import keras
import numpy as np
import pytest
from keras import layers

from dojo import expect
from katas.q11.to_sequential import to_sequential

X = np.random.default_rng(0).normal(size=(3, 4)).astype("float32")


class Halved(keras.Model):
    """A model without a graph of layers."""

    def call(self, inputs):
        return inputs / 2.0


def zeros(units):
    """A layer whose outputs show nothing of what it is connected to."""
    return layers.Dense(units, kernel_initializer="zeros")


def line():
    x = keras.Input([4])
    first = layers.Dense(6, activation="relu", trainable=False, name="first_b")
    h = layers.Dropout(0.5)(first(x))
    return keras.Model(x, layers.Dense(2, activation="softmax", name="last_a")(h))


def with_two_inputs():
    a, b = keras.Input([4]), keras.Input([4])
    return keras.Model([a, b], layers.add([a, b]))


def with_an_input_that_nothing_takes():
    a, b = keras.Input([4]), keras.Input([4])
    return keras.Model([a, b], layers.Dense(2)(a))


def with_two_outputs():
    x = keras.Input([4])
    return keras.Model(x, [layers.Dense(1)(x), layers.Dense(1)(x)])


def with_an_output_on_the_way():
    x = keras.Input([4])
    h = layers.Dense(3)(x)
    return keras.Model(x, [h, layers.Dense(1)(h)])


def with_an_output_on_the_way_listed_last():
    x = keras.Input([4])
    h = layers.Dense(3)(x)
    return keras.Model(x, [layers.Dense(1)(h), h])


def with_a_residual():
    x = keras.Input([4])
    return keras.Model(x, layers.add([x, zeros(4)(x)]))


def with_a_residual_the_other_way_round():
    x = keras.Input([4])
    return keras.Model(x, layers.add([zeros(4)(x), x]))


def with_a_residual_on_the_way():
    x = keras.Input([4])
    h = layers.Dense(4)(x)
    return keras.Model(x, layers.add([h, zeros(4)(h)]))


def with_two_branches():
    x = keras.Input([4])
    return keras.Model(x, layers.concatenate([layers.Dense(2)(x), layers.Dense(3)(x)]))


def with_a_state_from_another_layer():
    x = keras.Input([2, 4])
    state = layers.Dense(3)(layers.Flatten()(x))
    return keras.Model(x, layers.SimpleRNN(3)(x, initial_state=state))


def with_a_layer_used_twice():
    x, dense = keras.Input([4]), layers.Dense(4, kernel_initializer="identity")
    return keras.Model(x, dense(dense(x)))


def with_a_layer_used_twice_apart():
    x, relu = keras.Input([4]), layers.ReLU()
    return keras.Model(x, relu(layers.Dense(3)(relu(layers.Dense(4)(x)))))


def with_a_product_at_the_end():
    x = keras.Input([4])
    return keras.Model(x, layers.Dense(4)(x) * 1.0)


def with_an_operation_in_the_middle():
    x = keras.Input([4])
    return keras.Model(x, layers.Dense(2)(keras.ops.relu(layers.Dense(4)(x))))


def with_a_tensor_joined_to_itself():
    x = keras.Input([4])
    h = layers.Dense(4)(x)
    return keras.Model(x, layers.concatenate([h, h]))


def with_self_attention():
    x = keras.Input([5, 4])
    return keras.Model(x, layers.MultiHeadAttention(1, 2)(x, x))


def refused(*makers):
    for maker in makers:
        model = maker()
        called = f"to_sequential of a model {maker.__name__.replace('_', ' ')}"
        expect.raises(lambda m=model: to_sequential(m), ValueError, called=called)


def names(model):
    return ", ".join(layer.name for layer in model.layers)


def state(model):
    """The names of the layers, and which of them are frozen."""
    told = [layer.name + (", frozen" if not layer.trainable else "") for layer in model.layers]
    return "; ".join(told)


def made(model, of):
    called = f"to_sequential of {of}"
    with expect.works(called):
        sequential = to_sequential(model)
    is_sequential = isinstance(sequential, keras.Sequential)
    kind = type(sequential).__name__
    expect.that(is_sequential, called=called, expected="a keras.Sequential", seen=kind)
    return sequential


def inputs_of(model, of):
    """Shapes and dtypes of the inputs of the Sequential."""
    with expect.works(f"to_sequential of {of}"):
        return [(tuple(x.shape), str(x.dtype)) for x in to_sequential(model).inputs]


def test_a_line_becomes_a_sequential(tmp_path):
    """A line becomes a Sequential of the same layers and outputs.

    A file holds the layers of a Sequential as a list, and that is all that a line needs.
    """
    model = line()
    want = np.asarray(model(X))
    sequential = made(model, "a line")
    mine, theirs = sequential.layers, model.layers[1:]
    expect.that(
        len(mine) == len(theirs) and all(a is b for a, b in zip(mine, theirs, strict=True)),
        called="the layers of to_sequential of a line",
        expected=f"the model's own: {', '.join(layer.name for layer in theirs)}",
        seen=f"other objects, with the names {names(sequential)}",
        idea="Layers are objects. Both models hold the same ones, and share their weights.",
    )
    called = "a batch for to_sequential of a line"
    with expect.works(f"{called}, before and after saving and loading"):
        seen = sequential(X)
        sequential.save(tmp_path / "a.keras")
        again = keras.models.load_model(tmp_path / "a.keras")(X)
    expect.value(seen, want, called="the outputs of to_sequential of a line")
    expect.value(again, want, called="the outputs of it, after saving and loading")


def test_the_model_stays_unchanged():
    """The model has the same layers, graph and outputs as before.

    It is still in use. A layer that is renamed, or frozen, is so for every model that holds it.
    """
    model = line()
    before, want, config = state(model), np.asarray(model(X)), model.get_config()
    with expect.works("to_sequential of a line"):
        to_sequential(model)
    after = "the {} of the model, after to_sequential"
    expect.same(state(model), before, called=after.format("layers"))
    expect.value(model(X), want, called=after.format("outputs"))
    expect.that(
        model.get_config() == config,
        called=after.format("config"),
        expected="the same layers, in the same graph",
        seen="another config",
        idea="The config of a model lists the calls of its layers. It is what a file would hold.",
    )


def test_several_inputs_or_outputs_are_refused():
    """A model with two inputs or two outputs is no line.

    Even if all layers stand in a line: a Sequential gives what its last layer gives, and nothing
    that was on the way.
    """
    refused(
        with_two_inputs,
        with_an_input_that_nothing_takes,
        with_two_outputs,
        with_an_output_on_the_way,
        with_an_output_on_the_way_listed_last,
    )


def test_a_join_is_refused():
    """A layer that takes two tensors is no part of a line.

    A tensor that is used twice makes a branch. Where branches meet, the order and the numbers in
    the weights do not matter.
    """
    refused(
        with_a_residual,
        with_a_residual_the_other_way_round,
        with_a_residual_on_the_way,
        with_two_branches,
        with_a_state_from_another_layer,
    )


def test_a_layer_used_twice_is_refused():
    """A model that uses one of its layers twice is no line.

    A Sequential takes a layer twice without a word, and computes the right thing. Saved, it is a
    list of layers, with each of them once.
    """
    refused(with_a_layer_used_twice, with_a_layer_used_twice_apart)


def test_an_operation_is_refused():
    """A model with an operation that is no layer is no line.

    What an operator or a function of keras.ops does with a tensor belongs to the model's graph. No
    list of layers has it.
    """
    refused(with_a_product_at_the_end, with_an_operation_in_the_middle)


@pytest.mark.beyond
def test_the_input_stays_as_it_was():
    """The Sequential takes an input of the same shape and dtype.

    What a keras.Input does not say is assumed, and a batch is cast to what was assumed.
    """
    tokens = keras.Input([None], dtype="int32")
    embedded = layers.Embedding(9, 3)(tokens)
    texts = keras.Model(tokens, layers.GlobalMaxPooling1D()(embedded))
    image = keras.Input([5, 3], batch_size=2)
    images = keras.Model(image, layers.Dense(4)(layers.Flatten()(image)))
    for model in texts, images:
        shape, dtype = tuple(model.inputs[0].shape), str(model.inputs[0].dtype)
        of = f"a model that takes {dtype} of shape {shape}"
        seen = inputs_of(model, of)
        expect.same(seen, [(shape, dtype)], called=f"the inputs of to_sequential of {of}")


@pytest.mark.beyond
def test_a_list_of_one_is_one():
    """A list of one input is one input, and a list of one output is one output.

    What was a list when the model was made is a list in its structure. How many tensors there are
    is another question.
    """
    for inputs, outputs in ("[x]", "y"), ("x", "[y]"):
        x = keras.Input([4])
        y = layers.Dense(2)(x)
        model = keras.Model(*([t] if "[" in form else t for t, form in ((x, inputs), (y, outputs))))
        with expect.works(f"to_sequential of keras.Model({inputs}, {outputs})"):
            to_sequential(model)


@pytest.mark.beyond
def test_one_tensor_twice_is_refused():
    """A layer that takes the same tensor twice takes two tensors.

    A Sequential calls each of its layers with one.
    """
    refused(with_a_tensor_joined_to_itself, with_self_attention)


@pytest.mark.beyond
def test_a_model_may_be_a_layer():
    """A model that stands in the line is a layer, whatever is in it.

    Every keras.Model is a layer. From outside, it takes one tensor and gives one.
    """
    y = keras.Input([4])
    dense = layers.Dense(4)
    residual = keras.Model(y, layers.add([y, dense(dense(y))]))
    inner = keras.Sequential([keras.Input([4]), layers.Dense(3), layers.Dense(4)])
    for block, kind in (
        (residual, "a model with a residual"),
        (inner, "a Sequential"),
        (Halved(), "a subclass"),
    ):
        x = keras.Input([4])
        model = keras.Model(x, layers.Dense(2)(block(layers.Dense(4)(x))))
        of = f"Dense, {kind}, Dense"
        sequential = made(model, of)
        called = f"the outputs of to_sequential of {of}"
        with expect.works(called):
            seen = sequential(X)
        expect.value(seen, np.asarray(model(X)), called=called)
        count = f"the number of layers of to_sequential of {of}"
        expect.same(len(sequential.layers), 3, called=count)


@pytest.mark.beyond
def test_other_models_do_not_matter():
    """A line stays a line if its layers are used in other models, too.

    A layer knows of all calls that were ever made of it. Which of them belong to this model, the
    model knows.
    """
    dense = layers.Dense(3)
    x, y, z = (keras.Input([4]) for _ in range(3))
    other = keras.Model(x, layers.Dense(4)(dense(x)))
    model = keras.Model(y, layers.Dense(2)(dense(y)))
    keras.Model(z, layers.Dense(5)(dense(z)))
    of = "a line with a layer that other models use, too"
    want = np.asarray(model(X)), np.asarray(other(X))
    sequential = made(model, of)
    with expect.works(f"a batch for to_sequential of {of}"):
        seen = sequential(X)
    expect.value(seen, want[0], called=f"the outputs of to_sequential of {of}")
    expect.value(other(X), want[1], called="the outputs of the other model, after it")
