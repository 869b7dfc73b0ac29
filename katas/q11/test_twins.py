import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import layers

from dojo import expect
from katas.q11.twins import distance_model
from lab.loading import loaded, registered

AT_IMPORT = registered()
A, B = (np.random.default_rng(i).normal(size=(6, 4)).astype("float32") for i in range(2))
IMAGES = np.random.default_rng(2).normal(size=(2, 3, 5, 3)).astype("float32")
ONE_NAME = {
    "idea": "A clone is another layer of the same name, with weights of its own. A layer is shared "
    "by calling it twice.",
    "when": "used 2 times",
}


def make_encoder():
    return keras.Sequential(
        [keras.Input([4]), layers.Dense(3, activation="tanh"), layers.Dense(2)], name="encoder"
    )


def made(encoder, called="distance_model(encoder)"):
    with expect.works(called, **ONE_NAME):
        return distance_model(encoder)


def called_with(model, a, b, called="distance_model(encoder), called with [a, b]"):
    with expect.works(called):
        return model([a, b])


def distances(encoder, a, b):
    codes = [np.asarray(encoder(x)) for x in (a, b)]
    return np.linalg.norm(codes[0] - codes[1], axis=1, keepdims=True)


def gradients(function, weights):
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(function())
    return tape.gradient(total, [weight.value for weight in weights])


def check_distances(encoder, a, b, of):
    called = f"distance_model of {of}, called with two batches of {len(a)}"
    want = distances(encoder, a, b)
    seen = called_with(made(encoder, f"distance_model of {of}"), a, b, called)
    expect.tensor(seen, want, dtype="float32", called=called, tolerance=1e-3)


def test_the_distance_of_the_codes():
    """The model gives the distance between the codes of its two inputs.

    It is the root of the sum of the squared differences, along each row. The encoder decides what
    the inputs look like, and how long a code is.
    """
    image = keras.Input([5, 3])
    of_images = keras.Model(image, layers.Dense(4)(layers.Flatten()(image)))
    check_distances(make_encoder(), A, B, "an encoder [batch, 4] -> [batch, 2]")
    check_distances(of_images, *IMAGES, "an encoder [batch, 5, 3] -> [batch, 4]")


def test_one_encoder_for_both():
    """The weights of the model are those of the encoder, and no others.

    A layer is shared by calling it more than once. A copy may begin with the same numbers, and goes
    its own way from the first step.
    """
    encoder = make_encoder()
    model = made(encoder)
    called_with(model, A, B)
    own = sum(any(w is e for e in encoder.weights) for w in model.weights)
    expect.that(
        own == len(model.weights) == 4,
        called="the weights of distance_model(encoder), for an encoder with 4 weights",
        expected="4, all of them the encoder's",
        seen=f"{len(model.weights)}, and {own} of them the encoder's",
    )


def test_both_inputs_train_the_encoder():
    """The gradient comes from both branches.

    A shared weight is used twice. Its gradient is the sum of what both uses ask of it.
    """
    encoder = make_encoder()
    model = made(encoder)
    weights = encoder.trainable_weights
    frozen = "What is frozen for one branch is frozen for both, and for whoever gave the encoder."
    expect.value(
        len(weights), 4, called="the number of trainable weights of the encoder", idea=frozen
    )
    want = gradients(lambda: tf.norm(encoder(A) - encoder(B), axis=1), weights)
    seen = gradients(lambda: called_with(model, A, B), weights)
    for weight, a, b in zip(weights, seen, want, strict=True):
        called = f"the gradient of the distances for {weight.path}"
        none = "None: the distances do not depend on it"
        expect.that(a is not None, called=called, expected="a tensor", seen=none)
        expect.value(a, b, called=called, tolerance=1e-2)


def test_a_saved_model_has_one_encoder(tmp_path):
    """A model that was saved and loaded has one encoder still.

    The file holds the graph of layers: one encoder, and two calls of it. It holds no code.
    """
    model = made(make_encoder())
    want = np.asarray(called_with(model, A, B))
    with expect.works("distance_model(encoder), saved as a.keras"):
        model.save(tmp_path / "a.keras")
    again = loaded(tmp_path / "a.keras", AT_IMPORT)
    called = "distance_model(encoder), saved and loaded"
    seen = called_with(again, A, B, f"{called}, called with [a, b]")
    count = f"the number of weights of {called}"
    expect.value(len(again.weights), len(model.weights), called=count)
    expect.value(seen, want, called=f"the distances of {called}", tolerance=1e-4)


@pytest.mark.beyond
def test_equal_inputs_have_finite_gradients():
    """Two equal inputs have distance 0, and their gradients are finite.

    The square root is infinitely steep at 0, and infinite times 0 is NaN. One such pair in a batch,
    and every weight of the model is gone.
    """
    encoder = make_encoder()
    model = made(encoder)
    pair = A, np.concatenate([A[:3], B[3:]])
    seen = called_with(model, *pair)
    slopes = gradients(lambda: called_with(model, *pair), encoder.weights)
    called = "the distances of three equal pairs"
    near = "What is added under the root, to keep it away from 0, is seen in the distance."
    expect.value(np.ravel(seen)[:3], np.zeros(3), called=called, tolerance=1.1e-3, idea=near)
    finite = [bool(np.isfinite(slope).all()) for slope in slopes if slope is not None]
    expect.that(
        all(finite),
        called="the gradients of the distances, with three equal pairs in a batch of 6",
        expected="finite numbers",
        seen=f"NaN or infinity for {finite.count(False)} of {len(finite)} weights",
    )


@pytest.mark.beyond
def test_codes_far_from_zero():
    """A small distance between large codes is as exact.

    A difference that is small beside two large squares has lost its digits.
    """
    bias = keras.initializers.Constant(30.0)
    distant = keras.Sequential([keras.Input([4]), layers.Dense(2, bias_initializer=bias)])
    of = "an encoder whose codes are far from 0 and close together"
    check_distances(distant, A, A + 0.01 * B, of)


@pytest.mark.beyond
def test_an_encoder_with_an_operation():
    """The encoder may end in an operation that is no layer.

    An encoder is called as a whole. Its list of layers does not say how they are connected.
    """
    x = keras.Input([4])
    check_distances(keras.Model(x, layers.Dense(2)(x) * 2.0), A, B, "an encoder Dense(2)(x) * 2.0")
