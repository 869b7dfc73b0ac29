"""A model from end to end: what goes in, how it learns, what comes out of a file."""

import keras
import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q03.train_recommender import best_products, build_recommender

USERS, PRODUCTS, DIM = 5, 8, 3
U, P = np.array([[4], [0], [4]]), np.array([[3], [2], [1]])
BOUGHT = np.array([[1.0], [0.0], [0.0]], "float32")


def made(users=USERS, products=PRODUCTS, dim=DIM, **kwargs):
    with expect.works(f"build_recommender({users}, {products}, {dim})"):
        return build_recommender(users, products, dim, **kwargs)


def tables(model):
    """The two tables, told apart by their shapes."""
    found = {tuple(weight.shape): weight for weight in model.trainable_weights}
    expect.same(
        sorted(tuple(weight.shape) for weight in model.weights),
        [(USERS, DIM), (PRODUCTS, DIM)],
        called=f"the shapes of model.weights of build_recommender({USERS}, {PRODUCTS}, {DIM})",
    )
    expect.that(
        len(found) == 2,
        called="model.trainable_weights",
        expected="both tables",
        seen=f"shapes {sorted(found)}",
    )
    return found[USERS, DIM], found[PRODUCTS, DIM]


def filled(model):
    """Give both tables numbers that are easily told apart; returns them."""
    rng = np.random.default_rng(3)
    numbers = [rng.normal(size=table.shape).astype("float32") for table in tables(model)]
    for table, values in zip(tables(model), numbers, strict=True):
        table.assign(values)
    return numbers


def right(users, products, u, p):
    return 1.0 / (1.0 + np.exp(-np.sum(users[u] * products[p], axis=-1)))


def step(users, products, u, p, bought, learning_rate):
    """The tables after one step, worked out by hand."""
    new_users, new_products = users.copy(), products.copy()
    errors = (right(users, products, u, p) - bought) / len(u)
    for i, j, error in zip(u[:, 0], p[:, 0], errors[:, 0], strict=True):
        new_users[i] -= learning_rate * error * products[j]
        new_products[j] -= learning_rate * error * users[i]
    return new_users, new_products


def loaded(path):
    """The model in a file; if there is none, the reason in short, without what is around it."""
    model, seen = None, ""
    try:
        model = keras.models.load_model(path)
    except Exception as error:
        while inner := error.__cause__ or error.__context__:
            error = inner
        seen = f"{type(error).__name__}: {str(error).split('. ')[0]}"
    called = f"load_model('{path.name}'), without custom_objects"
    expect.that(model is not None, called=called, expected="a model", seen=seen)
    return model


def test_ids_go_in_by_name():
    """Users and products go in by name, and as integers.

    A name cannot be mixed up as an order can. And an id is no measure: as a float32, 16777217 is
    the same as 16777216.
    """
    model = made()
    users, products = filled(model)
    called = "model.predict_on_batch({'user': [[4], [0], [4]], 'product': [[3], [2], [1]]})"
    with expect.works(called):
        score = model.predict_on_batch({"user": U, "product": P})
    expect.value(score, right(users, products, U, P), dtype="float32", called=called)
    one_column = tf.TensorShape(model.output_shape).is_compatible_with([None, 1])
    expect.that(
        one_column,
        called="model.output_shape",
        expected="(None, 1)",
        seen=str(model.output_shape),
    )
    dtypes = [tf.as_dtype(tensor.dtype) for tensor in model.inputs]
    expect.that(
        len(dtypes) == 2 and all(dtype.is_integer for dtype in dtypes),
        called="the dtypes of model.inputs",
        expected="two kinds of integer",
        seen=", ".join(dtype.name for dtype in dtypes),
    )


def test_fit_goes_down_the_cross_entropy():
    """Each step moves the rows of its batch along their gradients.

    The gradients of a row that is named twice are added. A row that is not named has none; whether
    it stays where it is, is up to the optimizer.
    """
    model = made(learning_rate=0.5)
    users, products = filled(model)
    other = np.array([[1], [2], [3]]), np.array([[5], [5], [0]]), BOUGHT[::-1]
    for number, (u, p, bought) in enumerate([(U, P, BOUGHT), other], start=1):
        called = f"step {number} of model.fit, one batch of 3 pairs, learning rate 0.5"
        with expect.works(called):
            model.fit({"user": u, "product": p}, bought, batch_size=3, shuffle=False, verbose=0)
        users, products = step(users, products, u, p, bought, 0.5)
        for kind, table, expected in zip(
            ("users", "products"), tables(model), (users, products), strict=True
        ):
            expect.value(
                table, expected, tolerance=1e-4, called=f"the table of {kind} after {called}"
            )


def test_learns_from_the_start():
    """From its first numbers on, fit learns who buys what.

    The first half of the users buys what has an even id, the other half what is odd.
    """
    u, p = (ids.reshape(-1, 1) for ids in np.divmod(np.arange(4 * 6), 6))
    bought = ((u < 2) == (p % 2 == 0)).astype("float32")
    model = made(4, 6, 2, learning_rate=10.0)
    called = "40 steps of model.fit, each on all pairs of 4 users and 6 products"
    with expect.works(called):
        many = {"user": np.tile(u, [40, 1]), "product": np.tile(p, [40, 1])}
        model.fit(many, np.tile(bought, [40, 1]), batch_size=24, shuffle=False, verbose=0)
        guesses = model.predict_on_batch({"user": u, "product": p}) > 0.5
    wrong = int(np.sum(guesses != (bought == 1.0)))
    expect.that(
        wrong == 0,
        called=f"the guesses for these pairs, after {called}",
        expected="24 right ones",
        seen=f"{wrong} wrong ones",
    )


def test_goes_on_after_a_restart(tmp_path):
    """A loaded model predicts and learns like the one that was saved.

    What Keras knows without being told is what comes with Keras. All else needs a name under
    which it is found.
    """
    model = made()
    users, products = filled(model)
    with expect.works("model.save('m.keras')"):
        model.save(tmp_path / "m.keras")
    again = loaded(tmp_path / "m.keras")
    ids = {"user": U, "product": P}
    called = "predictions of the loaded model"
    with expect.works(called):
        score = again.predict_on_batch(ids)
    expect.value(score, right(users, products, U, P), called=called)
    called = "fit of the loaded model, one batch of 3 pairs"
    with expect.works(called):
        again.fit(ids, BOUGHT, batch_size=3, shuffle=False, verbose=0)
    for kind, table, expected in zip(
        ("users", "products"),
        tables(again),
        step(users, products, U, P, BOUGHT, 0.1),
        strict=True,
    ):
        expect.value(table, expected, tolerance=1e-4, called=f"the table of {kind} after {called}")


def test_names_the_best_products():
    """The best products come first, for each user.

    A model scores pairs. Which products are best for a user is a question to all pairs with that
    user, and the answer is a list of ids and not of scores.
    """
    model = made()
    users, products = filled(model)
    for user, k in (1, 3), (4, PRODUCTS), (0, 1):
        dots = products @ users[user]
        called = f"best_products(model, user={user}, num_products={PRODUCTS}, k={k})"
        with expect.works(called):
            best = best_products(model, user, PRODUCTS, k)
        expect.same(best, np.argsort(-dots)[:k].tolist(), called=called)
