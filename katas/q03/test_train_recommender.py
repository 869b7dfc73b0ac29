"""A model from end to end: what goes in, how it learns, what comes out of a file."""

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q03.train_recommender import best_products, build_recommender
from lab.loading import loaded, registered

AT_IMPORT = registered()
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


def fit(model, u, p, bought):
    """One step of fit, with all pairs in one batch."""
    pairs = tf.data.Dataset.from_tensor_slices(({"user": u, "product": p}, bought))
    model.fit(pairs.batch(len(u)), verbose=0)


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
    dtypes = [tf.as_dtype(tensor.dtype).name for tensor in model.inputs]
    expect.that(
        len(dtypes) == 2 and set(dtypes) <= {"int32", "int64"},
        called="the dtypes of model.inputs",
        expected="int32 or int64, twice",
        seen=", ".join(dtypes),
    )
    names = sorted(tensor.name for tensor in model.inputs)
    expect.same(names, ["product", "user"], called="the names of model.inputs")


def test_fit_goes_down_the_cross_entropy():
    """Each step moves the rows of its batch along their gradients.

    The gradients of a row that is named twice are added. A row that is not named has none; whether
    it stays where it is, is up to the optimizer.
    """
    model = made(learning_rate=0.5)
    users, products = filled(model)
    users[2] = 9.0  # nobody names user 2: not a digit of it may change
    tables(model)[0].assign(users)
    other = np.array([[1], [2], [3]]), np.array([[5], [5], [0]]), BOUGHT[::-1]
    for number, (u, p, bought) in enumerate([(U, P, BOUGHT), other], start=1):
        called = f"step {number} of model.fit, one batch of 3 pairs, learning rate 0.5"
        with expect.works(called):
            fit(model, u, p, bought)
        users, products = step(users, products, u, p, bought, 0.5)
        if number == 1:
            unnamed = tables(model)[0].numpy()[2]
            expect.that(
                bool(np.all(unnamed == 9.0)),
                called=f"the row of user 2, whom nobody names, after {called}",
                expected=f"exactly {[9.0] * DIM}",
                seen=str(unnamed.tolist()),
            )
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
    for table in (weight.numpy() for weight in model.trainable_weights):
        expect.that(
            bool(np.all(abs(table) < 0.5) and len(np.unique(table)) > 1),
            called="the numbers in a table of a new model",
            expected="different ones, between -0.5 and 0.5",
            seen=f"{len(np.unique(table))} different ones, {table.min():.2g} to {table.max():.2g}",
        )
    called = "40 steps of model.fit, each on all pairs of 4 users and 6 products"
    with expect.works(called):
        pairs = tf.data.Dataset.from_tensor_slices(({"user": u, "product": p}, bought))
        model.fit(pairs.batch(24).repeat(40), verbose=0)
        guesses = np.asarray(model({"user": u, "product": p})) > 0.5
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
    again = loaded(tmp_path / "m.keras", AT_IMPORT)
    ids = {"user": U, "product": P}
    called = "predictions of the loaded model"
    with expect.works(called):
        score = again(ids)
    expect.value(score, right(users, products, U, P), called=called)
    called = "fit of the loaded model, one batch of 3 pairs"
    with expect.works(called):
        fit(again, U, P, BOUGHT)
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
        check_best(model, user, k, products @ users[user])
    tables(model)[1].assign(-products)
    check_best(model, 1, 3, -products @ users[1], "with other tables,")
    for table in tables(model):
        table.assign(0.0 * table)
    with expect.works("best_products, where all probabilities are equal"):
        best = best_products(model, 1, PRODUCTS, PRODUCTS)
    called = "best_products, all of them, where all probabilities are equal: sorted"
    expect.same(sorted(best), list(range(PRODUCTS)), called=called)


def test_names_the_best_of_many():
    """Of many products, the best ones come first as well, however close they are.

    A few hundred products are more than a batch, and their ids more than a byte holds.
    """
    model = made(300, 400, 1)
    order = np.random.default_rng(5).permutation(400)
    for weight in model.trainable_weights:
        column = order if weight.shape[0] == 400 else np.ones(300)
        weight.assign(np.float32(column[:, None]) * (3e-4 if weight.shape[0] == 400 else 1.0))
    before = [weight.numpy() for weight in model.weights]
    check_best(model, 260, 300, order, products=400)
    same = all(np.array_equal(w, old) for w, old in zip(model.weights, before, strict=True))
    expect.that(
        same and len(model.trainable_weights) == 2,
        called="the weights of the model, after best_products",
        expected="those of before, and trainable",
        seen="others",
    )


def check_best(model, user, k, dots, what="", products=PRODUCTS):
    called = f"{what} best_products(model, user={user}, num_products={products}, k={k})".strip()
    with expect.works(called):
        best = best_products(model, user, products, k)
    if isinstance(best, list):
        kinds = sorted({type(product).__name__ for product in best})
        expect.same(kinds, ["int"], called=f"the types of what is in {called}")
    expect.same(best, np.argsort(-dots)[:k].tolist(), called=called)
