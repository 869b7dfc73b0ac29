import keras
import numpy as np
from keras import layers

from dojo import expect
from katas.q11.to_sequential import to_sequential

X = np.random.default_rng(0).normal(size=(3, 4)).astype("float32")


def line():
    x = keras.Input([4])
    h = layers.Dropout(0.5)(layers.Dense(6, activation="relu")(x))
    return keras.Model(x, layers.Dense(2, activation="softmax")(h))


def nested_line():
    x = keras.Input([4])
    y = keras.Input([4])
    dense = layers.Dense(4)
    inner = keras.Model(y, layers.add([y, dense(dense(y))]))
    return keras.Model(x, layers.Dense(2, name="a_last")(inner(layers.Dense(4, name="b_first")(x))))


def with_two_inputs():
    a, b = keras.Input([4]), keras.Input([4])
    return keras.Model([a, b], layers.add([a, b]))


def with_two_outputs():
    x = keras.Input([4])
    return keras.Model(x, [layers.Dense(1)(x), layers.Dense(1)(x)])


def with_one_output_given_twice():
    x = keras.Input([4])
    y = layers.Dense(1)(x)
    return keras.Model(x, [y, y])


def with_an_output_on_the_way():
    x = keras.Input([4])
    h = layers.Dense(3)(x)
    return keras.Model(x, [h, layers.Dense(1)(h)])


def with_an_output_on_the_way_last():
    x = keras.Input([4])
    h = layers.Dense(3)(x)
    return keras.Model(x, [layers.Dense(1)(h), h])


def with_a_residual():
    x = keras.Input([4])
    return keras.Model(x, layers.add([x, layers.Dense(4, kernel_initializer="zeros")(x)]))


def with_a_residual_the_other_way_round():
    x = keras.Input([4])
    return keras.Model(x, layers.add([layers.Dense(4, kernel_initializer="zeros")(x), x]))


def with_a_residual_on_the_way():
    x = keras.Input([4])
    h = layers.Dense(4)(x)
    return keras.Model(x, layers.add([h, layers.Dense(4, kernel_initializer="zeros")(h)]))


def with_a_tensor_joined_to_itself():
    x = keras.Input([4])
    h = layers.Dense(4)(x)
    return keras.Model(x, layers.concatenate([h, h]))


def with_self_attention():
    x = keras.Input([5, 4])
    return keras.Model(x, layers.MultiHeadAttention(1, 2)(x, x))


def with_a_layer_used_twice():
    x, dense = keras.Input([4]), layers.Dense(4, kernel_initializer="identity")
    return keras.Model(x, dense(dense(x)))


def with_a_layer_used_twice_apart():
    x, relu = keras.Input([4]), layers.ReLU()
    return keras.Model(x, relu(layers.Dense(3)(relu(layers.Dense(4)(x)))))


def with_a_product():
    x = keras.Input([4])
    return keras.Model(x, layers.Dense(4)(x) * 1.0)


def with_an_operation_in_the_middle():
    x = keras.Input([4])
    return keras.Model(x, layers.Dense(2)(keras.ops.relu(layers.Dense(4)(x))))


def refused(*makers):
    for maker in makers:
        model = maker()
        called = f"to_sequential of a model {maker.__name__.replace('_', ' ')}"
        expect.raises(lambda m=model: to_sequential(m), ValueError, called=called)


def test_a_line_becomes_a_sequential(tmp_path):
    """A line becomes a Sequential of the same layers and outputs.

    Layers and their weights are objects. Both models can hold the same ones; whoever trains the
    one then trains the other.
    """
    for maker in line, nested_line:
        model = maker()
        called = f"to_sequential of a {maker.__name__.replace('_', ' ')}"
        want, names = np.asarray(model(X)), [layer.name for layer in model.layers]
        with expect.works(called):
            sequential = to_sequential(model)
        is_sequential = isinstance(sequential, keras.Sequential)
        kind = type(sequential).__name__
        expect.that(is_sequential, called=called, expected="a keras.Sequential", seen=kind)
        mine, theirs = sequential.layers, model.layers[1:]
        expect.that(
            len(mine) == len(theirs) and all(a is b for a, b in zip(mine, theirs, strict=True)),
            called=f"the layers of {called}",
            expected=f"the model's own: {', '.join(layer.name for layer in theirs)}",
            seen="other layers, with the names " + ", ".join(layer.name for layer in mine),
        )
        with expect.works(f"a batch for {called}"):
            seen = sequential(X)
            sequential.save(tmp_path / "a.keras")
            again = keras.models.load_model(tmp_path / "a.keras")(X)
        expect.value(seen, want, called=f"the outputs of {called}")
        expect.value(again, want, called=f"the outputs of {called}, after saving and loading")
        expect.value(model(X), want, called=f"the outputs of the model itself, after {called}")
        seen = [layer.name for layer in model.layers]
        expect.same(seen, names, called=f"the names of the layers of the model, after {called}")


def test_the_input_stays_as_it_was():
    """The Sequential takes an input of the same shape and dtype.

    What a keras.Input does not say is assumed, and a batch is cast to what was assumed.
    """
    tokens = keras.Input([None], dtype="int32")
    texts = keras.Model([tokens], [layers.GlobalMaxPooling1D()(layers.Embedding(9, 3)(tokens))])
    image = keras.Input([5, 3], batch_size=2)
    images = keras.Model(image, layers.Dense(4)(layers.Flatten()(image)))
    for model in texts, images:
        first = model.inputs[0]
        called = f"to_sequential of a model that takes {first.dtype} of shape {first.shape}"
        with expect.works(called):
            inputs = to_sequential(model).inputs
        seen = [(tuple(x.shape), str(x.dtype)) for x in inputs]
        want = [(tuple(first.shape), str(first.dtype))]
        expect.same(seen, want, called=f"the inputs of {called}")


def test_several_inputs_or_outputs_are_refused():
    """A model with two inputs or two outputs is no line.

    Even if all layers stand in a line: what comes out of one is what its last layer gives, and
    nothing that was on the way.
    """
    refused(
        with_two_inputs,
        with_two_outputs,
        with_one_output_given_twice,
        with_an_output_on_the_way,
        with_an_output_on_the_way_last,
    )


def test_a_join_is_refused():
    """A layer that takes two tensors is no part of a line.

    Even if the two are the same one: a residual connection, a concatenation, attention. A tensor
    that is used twice makes a branch, whatever the order in which the branches are joined, and
    whatever the numbers in the weights.
    """
    refused(
        with_a_residual,
        with_a_residual_the_other_way_round,
        with_a_residual_on_the_way,
        with_a_tensor_joined_to_itself,
        with_self_attention,
    )


def test_a_layer_used_twice_is_refused():
    """A model that uses one of its layers twice is no line.

    A Sequential takes a layer twice without a word, and computes the right thing. It is saved as
    a list of layers, each of them once.
    """
    refused(with_a_layer_used_twice, with_a_layer_used_twice_apart)


def test_an_operation_is_refused():
    """A model with an operation that is no layer is no line.

    What an operator or a function of keras.ops does with a tensor belongs to the model's graph.
    It is no layer, so no list of layers has it.
    """
    refused(with_a_product, with_an_operation_in_the_middle)


def test_other_models_do_not_matter():
    """A line stays a line if its layers are used in other models, too.

    A layer knows of all calls that were ever made of it. Which of them belong to this model, the
    model knows.
    """
    dense = layers.Dense(3)
    x, y = keras.Input([4]), keras.Input([4])
    other = keras.Model(x, layers.Dense(4)(dense(x)))
    model = keras.Model(y, layers.Dense(2)(dense(y)))
    called = "to_sequential of a line with a layer that other models use, too"
    want = np.asarray(model(X)), np.asarray(other(X))
    with expect.works(called):
        seen = to_sequential(model)(X)
    expect.value(seen, want[0], called=f"the outputs of {called}")
    expect.value(other(X), want[1], called=f"the outputs of another model, after {called}")
