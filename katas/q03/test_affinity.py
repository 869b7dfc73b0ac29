"""Two tables that are looked up in, trained, described by a config, and found again in a file."""

import json

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q03.affinity import Affinity
from lab.loading import loaded, registered

AT_IMPORT = registered()
USERS, PRODUCTS, DIM = 7, 11, 3
U, P = np.array([0, 6, 3, 3]), np.array([10, 0, 5, 4])


def tables(layer):
    """The two tables, told apart by their shapes."""
    found = {tuple(weight.shape): weight for weight in layer.trainable_weights}
    for shape in (USERS, DIM), (PRODUCTS, DIM):
        expect.that(
            shape in found,
            called=f"layer.trainable_weights of Affinity({USERS}, {PRODUCTS}, {DIM})",
            expected=f"a weight of shape {shape}",
            seen=f"shapes {sorted(found)}" if found else "no trainable weight at all",
            idea="Keras trains, counts and saves the weights it knows. It finds those that "
            "add_weight or a layer of Keras made.",
        )
    return found[USERS, DIM], found[PRODUCTS, DIM]


def filled(layer):
    """Give both tables numbers that are easily told apart; returns them."""
    rng = np.random.default_rng(1)
    numbers = []
    for table in tables(layer):
        numbers.append(rng.normal(size=table.shape).astype("float32"))
        table.assign(numbers[-1])
    return numbers


def right(users, products, u, p):
    return 1.0 / (1.0 + np.exp(-np.sum(users[u] * products[p], axis=-1)))


def tiny_model(**kwargs):
    """A model with an Affinity and nothing else, for ids of shape [n, 1]."""
    u, p = keras.Input([1], dtype="int32"), keras.Input([1], dtype="int32")
    layer = Affinity(USERS, PRODUCTS, DIM, **kwargs)
    return keras.Model([u, p], layer([u, p])), layer


def test_probabilities_of_pairs():
    """The score is the sigmoid of the dot product of two rows.

    A user and a product are each a row of numbers. One number says how well two rows go together,
    and the sigmoid makes a probability of it, however large that number is: exp(200) is not a
    float32, but the sigmoid of 200 is.
    """
    layer = Affinity(USERS, PRODUCTS, DIM)
    called = "Affinity(7, 11, 3)([users [0, 6, 3, 3], products [10, 0, 5, 4]])"
    with expect.works(called):
        layer([tf.constant(U), tf.constant(P)])
    users, products = filled(layer)
    for dtype in ("int32", "int64"):
        for shape in [(4,), (4, 1)]:
            u, p = U.reshape(shape), P.reshape(shape)
            called = f"the layer on {dtype} ids of shape {shape}, with known tables"
            with expect.works(called):
                score = layer([tf.constant(u, dtype), tf.constant(p, dtype)])
            expect.tensor(score, right(users, products, u, p).astype("float32"), called=called)

    user_table, product_table = tables(layer)
    user_table.assign(np.full([USERS, DIM], 20.0))
    product_table.assign([[20.0] * DIM] + [[-20.0] * DIM] * (PRODUCTS - 1))
    called = "the layer on pairs of rows whose dot products are 1200 and -1200"
    with expect.works(called):
        score = layer([tf.constant([0, 0]), tf.constant([0, 1])])
    expect.tensor(score, [1.0, 0.0], called=called)


def test_ids_of_any_shape():
    """The probabilities have the shape of the ids, whatever it is.

    A lookup adds one axis to that of the ids, behind all others. That axis is the one that a dot
    product of two rows takes away.
    """
    layer = Affinity(USERS, PRODUCTS, DIM)
    with expect.works("Affinity(7, 11, 3) on ids of shape (4,)"):
        layer([tf.constant(U), tf.constant(P)])
    users, products = filled(layer)
    compiled = tf.function(lambda u, p: layer([u, p]))
    rng = np.random.default_rng(2)
    for shape in [(2, 2), (3, 5), (2, 3, 2), (0,), ()]:
        u, p = rng.integers(USERS, size=shape), rng.integers(PRODUCTS, size=shape)
        for kind, run in (
            ("the layer", lambda u, p: layer([u, p])),
            ("the layer, in a tf.function,", compiled),
        ):
            called = f"{kind} on ids of shape {shape}"
            with expect.works(called):
                score = run(tf.constant(u), tf.constant(p))
            expected = right(users, products, u, p).astype("float32")
            expect.tensor(score, np.asarray(expected), called=called)


def test_two_tables_and_nothing_else():
    """Two tables are trained, and nothing else, in however many calls.

    Weights are made once, in the constructor or in `build`. What is made in each call would have
    learned nothing yet.
    """
    layer = Affinity(USERS, PRODUCTS, DIM)
    with expect.works("Affinity(7, 11, 3), called twice"):
        layer([tf.constant(U), tf.constant(P)])
        layer([tf.constant(U[:2]), tf.constant(P[:2])])
    expect.same(
        sorted(tuple(weight.shape) for weight in layer.weights),
        [(USERS, DIM), (PRODUCTS, DIM)],
        called="the shapes of layer.weights of Affinity(7, 11, 3), called twice",
    )
    tables(layer)
    layer = Affinity(3000, 2, 1, dtype="mixed_float16")
    with expect.works("Affinity(3000, 2, 1, dtype='mixed_float16'), called"):
        layer([tf.constant(U), tf.constant([0, 1, 0, 1])])
    for weight in layer.weights:
        weight.assign(np.arange(weight.shape[0])[:, None] == 2049 % weight.shape[0])
        expect.value(weight, weight, dtype="float32", called="a table of a mixed_float16 layer")
    with expect.works("the mixed_float16 layer on user 2049"):
        score = layer([tf.constant([2048, 2049]), tf.constant([1, 1])])
    called = (
        "the mixed_float16 layer on users 2048 and 2049; the second one's row is 1, all others 0"
    )
    expect.value(score, [0.5, 0.7311], tolerance=1e-2, called=called)


def test_learns_in_a_model():
    """In a model, fit moves the rows of the ids that it sees.

    The gradient for a user's row is made of the rows of the products, and the other way round.
    What the batch does not name stays where it was.
    """
    called = "a model with Affinity(7, 11, 3) on two inputs of shape (None, 1)"
    with expect.works(called):
        model, layer = tiny_model()
    expect.same(tuple(model.output_shape), (None, 1), called=f"{called}, model.output_shape")
    before = [table.numpy() for table in tables(layer)]
    model.compile(keras.optimizers.SGD(1.0), "binary_crossentropy", jit_compile=False)
    ids = np.array([[1], [2]]), np.array([[3], [4]])
    pairs = tf.data.Dataset.from_tensor_slices((ids, np.array([[1.0], [0.0]]))).batch(2)
    with expect.works("model.fit on the pairs (1, 3) and (2, 4)"):
        model.fit(pairs.repeat(2), verbose=0)
    for rows, table, old, kind in zip(
        ([1, 2], [3, 4]), tables(layer), before, ("users", "products"), strict=True
    ):
        moved = np.flatnonzero(np.any(table.numpy() != old, axis=1)).tolist()
        expect.same(
            moved, rows, called=f"{kind} whose rows moved in fit on the pairs (1, 3) and (2, 4)"
        )


def test_a_config_describes_the_layer():
    """A config is enough to make a layer like the first.

    It tells what the constructor was given, and that is known before the first call. What is in
    the tables belongs into the file of weights.
    """
    called = "layer = Affinity(7, 11, 3, name='score', dtype='float64', trainable=False)"
    with expect.works(called):
        layer = Affinity(USERS, PRODUCTS, DIM, name="score", dtype="float64", trainable=False)
    with expect.works("layer.get_config(), before the layer was called"):
        config = layer.get_config()
    with expect.works("json.dumps(layer.get_config())"):
        json.dumps(config)
    sizes = {"num_users": USERS, "num_products": PRODUCTS, "embedding_dim": DIM}
    seen = {name: value for name, value in config.items() if name in sizes}
    expect.same(seen, sizes, called="the sizes in layer.get_config()")
    with expect.works("again = Affinity.from_config(layer.get_config())"):
        again = Affinity.from_config(config)
    for name, value in ("name", "score"), ("trainable", False):
        expect.same(getattr(again, name), value, called=f"again.{name}, after {called}")
    expect.same(again.dtype_policy.name, "float64", called=f"again.dtype_policy, after {called}")
    with expect.works(f"again(ids), after {called}"):
        score = again([tf.constant(U), tf.constant(P)])
    dtypes = {tf.as_dtype(each.dtype).name for each in (score, *again.weights)}
    expect.same(
        sorted(dtypes),
        ["float64"],
        called=f"the dtypes of again(ids) and of its weights, after {called}",
    )
    mixed = Affinity(USERS, PRODUCTS, DIM, dtype="mixed_float16")
    mixed.trainable = False
    again = Affinity.from_config(mixed.get_config())
    called = "again, from the config of a layer with dtype='mixed_float16' that was frozen later"
    expect.same(again.dtype_policy.name, "mixed_float16", called=f"the dtype_policy of {called}")
    expect.same(again.trainable, False, called=f"trainable of {called}")


def test_loads_from_its_path_alone(tmp_path):
    """load_model(path) finds the class, the sizes and the tables.

    A file holds the name of a class and not its code. Keras has to be told once, where the class
    is defined, which class goes by that name. Then nobody who loads has to.
    """
    with expect.works("a model with Affinity(7, 11, 3, name='score')"):
        model, layer = tiny_model(name="score")
    users, products = filled(layer)
    with expect.works("model.save('m.keras')"):
        model.save(tmp_path / "m.keras")
    again = loaded(tmp_path / "m.keras", AT_IMPORT)
    u, p = U[:, None], P[:, None]
    called = "predictions of the loaded model"
    with expect.works(called):
        score = again.predict_on_batch([u, p])
    expect.value(score, right(users, products, u, p), called=called)
    expect.same(again.layers[-1].name, "score", called="the name of the layer that was loaded")
