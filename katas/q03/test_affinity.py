"""Two tables that are looked up in, trained, described by a config, and found again in a file."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q03.affinity import Affinity
from lab.loading import loaded, registered

AT_IMPORT = registered()
USERS, PRODUCTS, DIM = 7, 11, 3
U, P = np.array([0, 6, 3, 3]), np.array([10, 0, 5, 4])
LAYER = "Affinity(7, 11, 3)"
MADE_IN_CALL = {
    "idea": "A layer takes new weights in __init__ and in build. When call runs, it is built.",
    "when": "cannot add new elements of state",
}
OUT_OF_RANGE = {
    "idea": "The list has the users first. Each kind of id belongs to a table of its own.",
    "when": r"is not in \[0",
}
TAKES_ALL = {
    "idea": "A config has the name, the dtype and `trainable` as well. The constructor is called "
    "with all of it.",
    "when": "unexpected keyword|missing .* required",
}
AXIS = "A lookup adds an axis behind those of the ids. The sum of a dot product takes it away."


def tables(layer, users=USERS, products=PRODUCTS, dim=DIM):
    """The two tables, told apart by their shapes."""
    found = {tuple(weight.shape): weight for weight in layer.trainable_weights}
    for shape in (users, dim), (products, dim):
        expect.that(
            shape in found,
            called=f"layer.trainable_weights of Affinity({users}, {products}, {dim})",
            expected=f"a weight of shape {shape}",
            seen=f"shapes {sorted(found)}" if found else "no trainable weight at all",
            idea="Keras trains, counts and saves the weights it knows. It finds those that "
            "add_weight or a layer of Keras made.",
        )
    return found[users, dim], found[products, dim]


def filled():
    """A layer that was called, with numbers in both tables that are easily told apart; and them."""
    with expect.works(f"{LAYER}([users [0, 1], products [2, 3]])", **MADE_IN_CALL):
        layer = Affinity(USERS, PRODUCTS, DIM)
        layer([tf.constant([0, 1]), tf.constant([2, 3])])
    return layer, *fill(layer)


def fill(layer):
    rng = np.random.default_rng(1)
    numbers = []
    for table in tables(layer):
        numbers.append(rng.normal(size=table.shape).astype("float32"))
        table.assign(numbers[-1])
    return numbers


def right(users, products, u, p):
    dots = np.sum(users[u] * products[p], axis=-1)
    return np.asarray(1.0 / (1.0 + np.exp(-dots)), "float32")


def check(score, expected, called, idea=None):
    """The shape and the numbers; a shape is explained by the axis, numbers by `idea`."""
    same_shape = tuple(getattr(score, "shape", ())) == np.shape(expected)
    expect.tensor(score, expected, called=called, idea=idea if same_shape else AXIS)


def tiny_model(**kwargs):
    """A model with an Affinity and nothing else, for ids of shape [n, 1]."""
    with expect.works(f"a model with {LAYER} on two inputs of shape (None, 1)", **MADE_IN_CALL):
        u, p = keras.Input([1], dtype="int32"), keras.Input([1], dtype="int32")
        layer = Affinity(USERS, PRODUCTS, DIM, **kwargs)
        return keras.Model([u, p], layer([u, p])), layer


def test_probabilities_of_pairs():
    """The score is the sigmoid of the dot product of two rows.

    A user and a product are each a row of numbers. Their dot product says how well the two go
    together, and the sigmoid makes a probability of it.
    """
    layer, users, products = filled()
    for dtype in ("int32", "int64"):
        called = f"the layer on {dtype} ids of shape (4,), with known tables"
        with expect.works(called, **OUT_OF_RANGE):
            score = layer([tf.constant(U, dtype), tf.constant(P, dtype)])
        check(score, right(users, products, U, P), called)


def test_ids_of_any_shape():
    """The probabilities have the shape of the ids.

    A lookup adds an axis behind those of the ids. The sum of a dot product takes that axis away,
    wherever it is.
    """
    layer, users, products = filled()
    compiled = tf.function(lambda u, p: layer([u, p]))
    rng = np.random.default_rng(2)
    for shape in [(4, 1), (2, 2), (3, 5), (2, 3, 2)]:
        u, p = rng.integers(USERS, size=shape), rng.integers(PRODUCTS, size=shape)
        for kind, run in (
            ("the layer", lambda u, p: layer([u, p])),
            ("the layer, in a tf.function,", compiled),
        ):
            called = f"{kind} on ids of shape {shape}"
            with expect.works(called, **OUT_OF_RANGE):
                score = run(tf.constant(u), tf.constant(p))
            check(score, right(users, products, u, p), called, idea="")


def test_two_tables_and_nothing_else():
    """The weights are two tables, in however many calls.

    Weights are made once, in the constructor or in `build`. What is made in each call would have
    learned nothing yet.
    """
    layer, _, _ = filled()
    with expect.works(f"{LAYER}, called once more"):
        layer([tf.constant(U[:2]), tf.constant(P[:2])])
    called = f"the shapes of layer.weights of {LAYER}, called twice"
    seen = sorted(tuple(weight.shape) for weight in layer.weights)
    wanted = [(USERS, DIM), (PRODUCTS, DIM)]
    more = "A probability is made of two rows, and of nothing else."
    expect.same(seen, wanted, called=called, idea=more if set(seen) - set(wanted) else None)


def test_fit_moves_the_rows_of_its_batch():
    """In a model, fit moves the rows of the ids that it sees.

    The gradient for a user's row is made of the rows of the products, and the other way round.
    So neither table learns while both are zero.
    """
    model, layer = tiny_model()
    called = f"the output_shape of a model with {LAYER} on two inputs of shape (None, 1)"
    expect.same(tuple(model.output_shape), (None, 1), called=called, idea=AXIS)
    before = [table.numpy() for table in tables(layer)]
    model.compile(keras.optimizers.SGD(1.0), "binary_crossentropy", jit_compile=False)
    ids = np.array([[1], [2]]), np.array([[3], [4]])
    pairs = tf.data.Dataset.from_tensor_slices((ids, np.array([[1.0], [0.0]]))).batch(2)
    with expect.works("model.fit on the pairs (1, 3) and (2, 4)"):
        model.fit(pairs.repeat(2), verbose=0)
    others = (
        "A row that is not looked up has no gradient, unless a penalty or a constraint reads the "
        "whole table."
    )
    for rows, table, old, kind in zip(
        ([1, 2], [3, 4]), tables(layer), before, ("users", "products"), strict=True
    ):
        moved = np.flatnonzero(np.any(table.numpy() != old, axis=1)).tolist()
        called = f"{kind} whose rows moved in fit on the pairs (1, 3) and (2, 4)"
        told = None if set(moved) < set(rows) else others if set(moved) > set(rows) else ""
        expect.same(moved, rows, called=called, idea=told)


def test_a_config_describes_the_layer():
    """A config is enough to make a layer like the first.

    It tells what the constructor was given, name and dtype included. That is known before the
    first call. What is in the tables belongs into the file of weights.
    """
    called = "layer = Affinity(7, 11, 3, name='score')"
    with expect.works(called, **TAKES_ALL):
        layer = Affinity(USERS, PRODUCTS, DIM, name="score")
    with expect.works("layer.get_config(), before the layer was called"):
        config = layer.get_config()
    sizes = {"num_users": USERS, "num_products": PRODUCTS, "embedding_dim": DIM}
    seen = {name: value for name, value in config.items() if name in sizes}
    expect.that(
        seen == sizes and {type(value) for value in seen.values()} == {int},
        called="the sizes in layer.get_config()",
        expected=str(sizes),
        seen=str(seen),
        idea="A config has each argument under its name in the constructor. It holds plain data, "
        "since it is written as JSON.",
    )
    with expect.works("again = Affinity.from_config(layer.get_config())", **TAKES_ALL):
        again = Affinity.from_config(config)
    expect.same(again.name, "score", called=f"again.name, after {called}")
    with expect.works(f"again([users, products]), after {called}", **MADE_IN_CALL):
        again([tf.constant(U), tf.constant(P)])
    tables(again)


def test_loads_from_its_path_alone(tmp_path):
    """load_model(path) finds the class, the sizes and the tables.

    A file holds the name of a class and not its code. Keras has to be told once, where the class
    is defined, which class goes by that name.
    """
    model, layer = tiny_model()
    fill(layer)
    ids = [U[:, None], P[:, None]]
    with expect.works("predictions of the model, then model.save('m.keras')", **OUT_OF_RANGE):
        before = model.predict_on_batch(ids)
        model.save(tmp_path / "m.keras")
    again = loaded(tmp_path / "m.keras", AT_IMPORT)
    called = "predictions of the loaded model, compared with those before"
    with expect.works(called):
        score = again.predict_on_batch(ids)
    known = "The class was found. A file has those weights that Keras knew when it saved the model."
    expect.value(score, before, called=called, idea=known)


@pytest.mark.beyond
def test_scalar_and_empty_ids():
    """A scalar and an empty batch have probabilities, too.

    The row of a scalar id has one axis: the last one. An empty batch keeps its shape.
    """
    layer, users, products = filled()
    for shape in [(), (0, 1), (3, 0)]:
        u, p = np.full(shape, 6), np.full(shape, 10)
        called = f"the layer on ids of shape {shape}"
        with expect.works(called):
            score = layer([tf.constant(u), tf.constant(p)])
        check(score, right(users, products, u, p), called, idea="")


@pytest.mark.beyond
def test_large_dot_products():
    """A large dot product has a probability.

    exp(200) is no float32, but the sigmoid of 200 is. TensorFlow and Keras have it as a function.
    """
    layer, _, _ = filled()
    user_table, product_table = tables(layer)
    user_table.assign(np.full([USERS, DIM], 20.0))
    product_table.assign([[20.0] * DIM] + [[-20.0] * DIM] * (PRODUCTS - 1))
    called = "the layer on pairs of rows whose dot products are 1200 and -1200"
    with expect.works(called):
        score = layer([tf.constant([[0], [0]]), tf.constant([[0], [1]])])
    check(score, [[1.0], [0.0]], called, idea=None if np.isnan(score).any() else "")


@pytest.mark.beyond
def test_the_policy_sets_the_dtypes():
    """The layer's dtype says how it computes and how it keeps its tables.

    What is made inside, a layer or a variable, has a dtype of its own unless it is given that of
    the layer.
    """
    for policy, computed, kept in (
        ("mixed_float16", "float16", "float32"),
        ("float64", "float64", "float64"),
    ):
        called = f"Affinity(7, 11, 3, dtype='{policy}')"
        with expect.works(f"{called}, called", **TAKES_ALL):
            layer = Affinity(USERS, PRODUCTS, DIM, dtype=policy)
            score = layer([tf.constant(U), tf.constant(P)])
        expect.same(tf.as_dtype(score.dtype).name, computed, called=f"the output dtype of {called}")
        dtypes = sorted({tf.as_dtype(weight.dtype).name for weight in layer.weights})
        expect.same(dtypes, [kept], called=f"the dtypes of the weights of {called}")


@pytest.mark.beyond
def test_ids_are_no_measures():
    """In half precision, every id finds its row.

    In float16 there is no number between 2048 and 2050. Ids stay integers.
    """
    with expect.works("Affinity(3000, 2, 1, dtype='mixed_float16'), called", **TAKES_ALL):
        layer = Affinity(3000, 2, 1, dtype="mixed_float16")
        layer([tf.constant(U[:, None]), tf.constant([[0], [1], [0], [1]])])
    for weight in tables(layer, 3000, 2, 1):
        weight.assign(np.arange(weight.shape[0])[:, None] == 2049 % weight.shape[0])
    called = "a mixed_float16 layer on users 2048 and 2049; the second one's row is 1, others 0"
    with expect.works(called):
        score = layer([tf.constant([[2048], [2049]]), tf.constant([[1], [1]])])
    seen = [float(each) for each in np.ravel(score)]
    expect.that(
        len(set(seen)) > 1,
        called=called,
        expected="0.5 for the first one, 0.731 for the second",
        seen=f"{seen[0]:.3} for both",
    )


@pytest.mark.beyond
def test_a_config_has_the_policy():
    """The config has the dtype policy, and trainable as it is now.

    A policy is two dtypes, and a layer's dtype is one of them. The base class keeps book of all
    that it was given, and of what was set later.
    """
    called = "a layer with dtype='mixed_float16' that was frozen later"
    with expect.works(f"the config of {called}", **TAKES_ALL):
        layer = Affinity(USERS, PRODUCTS, DIM, dtype="mixed_float16")
        layer([tf.constant(U), tf.constant(P)])
        layer.trainable = False
        again = Affinity.from_config(layer.get_config())
    called = f"again, from the config of {called}"
    expect.same(again.dtype_policy.name, "mixed_float16", called=f"the dtype_policy of {called}")
    expect.same(again.trainable, False, called=f"trainable of {called}")
