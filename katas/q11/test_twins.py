import keras
import numpy as np
import tensorflow as tf
from keras import layers

from dojo import expect
from katas.q11.twins import distance_model

A, B = (np.random.default_rng(i).normal(size=(6, 4)).astype("float32") for i in range(2))
PAIR = "distance_model(encoder) of [a, b]"


def make_encoder():
    return keras.Sequential(
        [keras.Input([4]), layers.Dense(3, activation="tanh"), layers.Dense(2)], name="encoder"
    )


def make_distant():
    bias = keras.initializers.Constant(30.0)
    return keras.Sequential([keras.Input([4]), layers.Dense(2, bias_initializer=bias)])


def make_twins():
    encoder = make_encoder()
    with expect.works("distance_model(encoder)"):
        return encoder, distance_model(encoder)


def gradients(function, weights):
    with tf.GradientTape() as tape:
        total = tf.reduce_sum(function())
    return tape.gradient(total, [weight.value for weight in weights])


def test_the_distance_of_the_codes():
    """The model gives the distance between the codes of its two inputs.

    The encoder decides what the inputs look like and how long a code is. Each row is compared
    with the row at its place in the other batch. What is subtracted last, after squares, has lost
    the digits of a small distance.
    """
    image = keras.Input([5, 3])
    of_images = keras.Model(image, layers.Dense(4)(layers.Flatten()(image)) * 2.0)
    images = np.random.default_rng(2).normal(size=(2, 3, 5, 3)).astype("float32")
    for encoder, a, b, of in (
        (make_encoder(), A, B, "an encoder [batch, 4] -> [batch, 2]"),
        (of_images, *images, "an encoder that ends in a product, [batch, 5, 3] -> [batch, 4]"),
        (
            make_distant(),
            A,
            A + 0.01 * B,
            "an encoder whose codes are far from 0 and close together",
        ),
    ):
        called = f"distance_model of {of}, called with two batches of {len(a)}"
        codes = [np.asarray(encoder(x)) for x in (a, b)]
        want = np.linalg.norm(codes[0] - codes[1], axis=1, keepdims=True)
        with expect.works(called):
            seen = distance_model(encoder)([a, b])
        expect.tensor(seen, want, dtype="float32", called=called, tolerance=1e-3)


def test_one_encoder_for_both():
    """The weights of the model are those of the encoder, and no others.

    A layer is shared by calling it more than once. A copy may begin with the same numbers, and
    goes its own way from the first step.
    """
    encoder, model = make_twins()
    with expect.works(PAIR):
        model([A, B])
    own = sum(any(w is e for e in encoder.weights) for w in model.weights)
    expect.that(
        own == len(model.weights) == 4,
        called="the weights of distance_model(encoder), for an encoder with 4 weights",
        expected="4, all of them the encoder's",
        seen=f"{len(model.weights)}, and {own} of them the encoder's",
    )


def test_both_inputs_train_the_encoder():
    """The gradient comes from both branches.

    A shared weight is used twice, and its gradient is the sum of what both uses ask of it.
    """
    encoder, model = make_twins()
    weights = encoder.trainable_weights
    expect.value(len(weights), 4, called="the number of trainable weights of the encoder")
    want = gradients(lambda: tf.norm(encoder(A) - encoder(B), axis=1), weights)
    with expect.works(PAIR):
        seen = gradients(lambda: model([A, B]), weights)
    for weight, a, b in zip(weights, seen, want, strict=True):
        called = f"the gradient of the distances for {weight.path}"
        expect.that(a is not None, called=called, expected="a tensor", seen="None: no connection")
        expect.value(a, b, called=called, tolerance=1e-2)


def test_equal_inputs_have_finite_gradients():
    """Two equal inputs have distance 0, and their gradients are finite.

    The square root is infinitely steep at 0, and infinite times 0 is NaN: one such pair in a
    batch, and every weight of the model is gone.
    """
    encoder, model = make_twins()
    pair = [A, np.concatenate([A[:3], B[3:]])]
    with expect.works("distance_model(encoder) of two batches with equal rows"):
        seen = model(pair)
        slopes = gradients(lambda: model(pair), encoder.weights)
    expect.value(
        np.ravel(seen)[:3],
        np.zeros(3),
        called="the distances of three equal pairs",
        tolerance=1.1e-3,
    )
    finite = [bool(np.isfinite(slope).all()) for slope in slopes if slope is not None]
    expect.that(
        all(finite),
        called="the gradients of the distances, with three equal pairs in a batch of 6",
        expected="finite numbers",
        seen=f"NaN or infinity for {finite.count(False)} of {len(finite)} weights",
    )


def test_a_saved_model_has_one_encoder(tmp_path):
    """A model that was saved and loaded has one encoder still.

    The file holds the graph of layers: one encoder, and two calls of it.
    """
    _, model = make_twins()
    called = "distance_model(encoder), saved as a.keras and loaded"
    with expect.works(called):
        want = np.asarray(model([A, B]))
        model.save(tmp_path / "a.keras")
        again = keras.models.load_model(tmp_path / "a.keras")
        seen = again([A, B])
    expect.value(
        len(again.weights), len(model.weights), called=f"the number of weights of {called}"
    )
    expect.value(seen, want, called=f"the distances of {called}")
