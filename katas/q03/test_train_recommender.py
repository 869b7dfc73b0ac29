"""A model from end to end: what goes in, how it learns, what comes out of a file."""

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q03.train_recommender import best_products, build_recommender
from lab.loading import loaded, registered

AT_IMPORT = registered()
USERS, PRODUCTS, DIM = 5, 8, 3
U, P = np.array([[4], [0], [4]]), np.array([[3], [2], [1]])
BOUGHT = np.array([[1.0], [0.0], [0.0]], "float32")
ONE_BATCH = "users 4, 0, 4 and products 3, 2, 1"
IN_THE_WRONG_TABLE = {
    "idea": "Each kind of id belongs to a table of its own.",
    "when": r"is not in \[0",
}
SHAPES_DIFFER = {
    "idea": "A probability for each pair has the shape of the labels, [n, 1]. The sum of the dot "
    "product goes over the last axis.",
    "when": "same shape",
}


def made(users=USERS, products=PRODUCTS, dim=DIM, **kwargs):
    with expect.works(f"build_recommender({users}, {products}, {dim})"):
        return build_recommender(users, products, dim, **kwargs)


def tables(model):
    """The two tables, told apart by their shapes."""
    for weights, name in (model.weights, "weights"), (model.trainable_weights, "trainable_weights"):
        seen = sorted(tuple(weight.shape) for weight in weights)
        called = f"the shapes of model.{name} of build_recommender({USERS}, {PRODUCTS}, {DIM})"
        expect.same(seen, [(USERS, DIM), (PRODUCTS, DIM)], called=called, idea="")
    return sorted(model.trainable_weights, key=lambda weight: weight.shape[0])


def filled(model):
    """Give both tables numbers that are easily told apart; returns them."""
    rng = np.random.default_rng(3)
    numbers = [rng.normal(size=table.shape).astype("float32") for table in tables(model)]
    for table, values in zip(tables(model), numbers, strict=True):
        table.assign(values)
    return numbers


def fit(model, u, p, bought, called):
    """One step of fit, with all pairs in one batch."""
    pairs = tf.data.Dataset.from_tensor_slices(({"user": u, "product": p}, bought))
    with expect.works(called, **SHAPES_DIFFER):
        model.fit(pairs.batch(len(u)), verbose=0)


def right(users, products, u, p):
    return 1.0 / (1.0 + np.exp(-np.sum(users[u] * products[p], axis=-1)))


def gradients(users, products, u, p, bought):
    """Of the mean binary cross-entropy with respect to the tables, worked out by hand."""
    of_users, of_products = np.zeros_like(users), np.zeros_like(products)
    errors = (right(users, products, u, p) - bought) / len(u)
    for i, j, error in zip(u[:, 0], p[:, 0], errors[:, 0], strict=True):
        of_users[i] += error * products[j]
        of_products[j] += error * users[i]
    return of_users, of_products


def test_ids_go_in_by_name():
    """Users and products go in by name, and as integers.

    A name cannot be mixed up as an order can.
    """
    model = made()
    names = sorted(tensor.name for tensor in model.inputs)
    expect.same(names, ["product", "user"], called="the names of model.inputs")
    dtypes = [tf.as_dtype(tensor.dtype).name for tensor in model.inputs]
    expect.that(
        set(dtypes) <= {"int32", "int64"},
        called="the dtypes of model.inputs",
        expected="int32 or int64, twice",
        seen=", ".join(dtypes),
        idea="An id is no measure: as a float32, 16777217 is 16777216. An int16 ends at 32767.",
    )
    shapes = [tuple(tensor.shape) for tensor in model.inputs]
    called = "the shapes of model.inputs"
    one = "There is one id for each pair: of a user here, of a product there."
    expect.same(shapes, [(None, 1), (None, 1)], called=called, idea=one)
    users, products = filled(model)
    called = "model.predict_on_batch({'user': [[4], [0], [4]], 'product': [[3], [2], [1]]})"
    with expect.works(called, **IN_THE_WRONG_TABLE):
        score = model.predict_on_batch({"user": U, "product": P})
    formula = "The probability is the sigmoid of the sum of user_row * product_row."
    idea = formula if np.shape(score) == (3, 1) else SHAPES_DIFFER["idea"]
    expect.value(score, right(users, products, U, P), called=called, idea=idea)


def test_a_step_follows_the_gradient():
    """A step of fit is the learning rate times the gradient.

    Of the cross-entropy, the gradient for a row is the error of the probability times the other
    row, divided by the size of the batch. A row that is named twice gets two of these.
    """
    default = made().optimizer.learning_rate
    called = "the learning rate of build_recommender(5, 8, 3), which was given none"
    expect.value(default, 0.1, called=called, idea="")
    model = made(learning_rate=0.5)
    users, products = filled(model)
    called = f"one step of model.fit on {ONE_BATCH}, learning rate 0.5"
    fit(model, U, P, BOUGHT, called)
    wanted = gradients(users, products, U, P, BOUGHT)
    for kind, table, old, gradient, ids in zip(
        ("users", "products"), tables(model), (users, products), wanted, (U, P), strict=True
    ):
        rows = sorted(set(ids[:, 0].tolist()))
        seen, step = table.numpy()[rows] - old[rows], -0.5 * gradient[rows]
        named = f"the change of the rows {rows} of {kind}, in {called}"
        expect.value(seen, step, tolerance=1e-4, called=named, idea=of_length(seen, step))


def of_length(seen, step):
    """What explains a step of another length, or none."""
    times = float(np.sum(seen * step) / np.sum(step * step))
    if not np.any(seen):
        return ""
    if np.allclose(seen, times * step, atol=1e-4 * abs(times)):
        return (
            f"The direction is right, and the length is {times:.2g} times what it should be. The "
            "learning rate and the mean over the batch set it, and clipping changes it."
        )
    return None


def test_other_rows_stay():
    """Rows that the batch does not name stay as they are.

    Their gradient is zero. Whether a row without a gradient stays, is up to the optimizer: the
    averages of momentum and Adam, weight decay and penalties move it.
    """
    model = made(learning_rate=0.5)
    users, _ = filled(model)
    users[2] = 9.0  # nobody names user 2
    tables(model)[0].assign(users)
    fit(model, U, P, BOUGHT, f"a step of model.fit on {ONE_BATCH}")
    before = [table.numpy() for table in tables(model)]
    called = "a second step of model.fit, on users 1, 3 and products 5, 0"
    fit(model, np.array([[1], [3]]), np.array([[5], [0]]), BOUGHT[:2], called)
    for kind, table, old, rows in zip(
        ("users", "products"), tables(model), before, ([1, 3], [0, 5]), strict=True
    ):
        moved = np.flatnonzero(np.any(table.numpy() != old, axis=1)).tolist()
        more = None if set(moved) > set(rows) else ""
        expect.same(moved, rows, called=f"the {kind} whose rows moved in {called}", idea=more)


def test_learns_from_the_start():
    """From its first numbers on, fit learns who buys what.

    The gradient of one table is made of the rows of the other. Where one of them is zeros or all
    rows are alike, there is little to learn from.
    """
    u, p = (ids.reshape(-1, 1) for ids in np.divmod(np.arange(4 * 6), 6))
    bought = ((u < 2) == (p % 2 == 0)).astype("float32")
    model = made(4, 6, 2, learning_rate=10.0)
    steep = "Large rows make probabilities near 0 or 1, where a sigmoid has hardly a slope."
    for table in (weight.numpy() for weight in model.trainable_weights):
        expect.that(
            bool(np.all(abs(table) < 0.5) and len(np.unique(table)) > 1),
            called="the numbers in a table of a new model",
            expected="different ones, between -0.5 and 0.5",
            seen=f"{len(np.unique(table))} different ones, {table.min():.2g} to {table.max():.2g}",
            idea=steep if np.any(abs(table) >= 0.5) else None,
        )
    called = "40 steps of model.fit, each on all pairs of 4 users and 6 products"
    with expect.works(called, **SHAPES_DIFFER):
        pairs = tf.data.Dataset.from_tensor_slices(({"user": u, "product": p}, bought))
        model.fit(pairs.batch(24).repeat(40), verbose=0)
        guesses = np.asarray(model({"user": u, "product": p})) > 0.5
    wrong = int(np.sum(guesses != (bought == 1.0)))
    expect.that(
        wrong == 0,
        called=f"the guesses for these pairs, after {called}",
        expected="24 right ones",
        seen=f"{wrong} wrong ones",
        idea="",
    )


def test_goes_on_after_a_restart(tmp_path):
    """A loaded model predicts, learns and is asked like the one that was saved.

    What comes with Keras, Keras finds without being told. All else needs a name under which it is
    found. A file has the layers and the optimizer of a model, but not its other attributes.
    """
    model = made()
    filled(model)
    with expect.works("model.save('m.keras')"):
        model.save(tmp_path / "m.keras")
    again = loaded(tmp_path / "m.keras", AT_IMPORT)
    ids = {"user": U, "product": P}
    called = "predictions of the loaded model, compared with those of the saved one"
    with expect.works(called, **IN_THE_WRONG_TABLE):
        before, after = np.asarray(model(ids)), again(ids)
    expect.value(after, before, called=called)
    fit(model, U, P, BOUGHT, f"one step of model.fit on {ONE_BATCH}")
    fit(again, U, P, BOUGHT, f"one step of fit of the loaded model on {ONE_BATCH}")
    for kind, seen, wanted in zip(("users", "products"), tables(again), tables(model), strict=True):
        called = f"the table of {kind} after one step, compared with that of the saved model"
        expect.value(seen, wanted, tolerance=1e-4, called=called)
    with expect.works("best_products of the saved model, then of the loaded one"):
        best = [[*map(int, best_products(each, 1, PRODUCTS, 3))] for each in (model, again)]
    called = "best_products of the loaded model, compared with those of the saved one"
    expect.same(best[1], best[0], called=called)


def test_names_the_best_products():
    """The best products come first, for each user and each model.

    A model scores pairs. Which products are best for a user is a question to all pairs with that
    user. The answer is a list of ids and not of scores.
    """
    other, model = made(), made()
    users, products = filled(model)
    filled(other)
    of_products = tables(model)[1]
    tables(other)[1].assign(-products)
    for user, k in (1, 3), (4, PRODUCTS), (0, 1):
        check_best(model, user, k, products @ users[user])
    check_best(other, 1, 3, -products @ users[1], "of another model,")
    of_products.assign(-products)
    check_best(model, 1, 3, -products @ users[1], "of the first one, with other tables,")
    square, rng = made(PRODUCTS, PRODUCTS), np.random.default_rng(51)
    for table in square.trainable_weights:
        table.assign(rng.normal(size=table.shape))
    pairs = {"user": np.full([PRODUCTS, 1], 2), "product": np.arange(PRODUCTS)[:, None]}
    with expect.works("the model, called with all products of user 2"):
        probabilities = np.asarray(square(pairs))[:, 0]
    check_best(square, 2, PRODUCTS, probabilities, "of a model with as many users as products,")


def check_best(model, user, k, dots, what="", products=PRODUCTS):
    called = f"best_products(model, user={user}, num_products={products}, k={k}) {what}".strip(" ,")
    with expect.works(called, **IN_THE_WRONG_TABLE):
        best = best_products(model, user, products, k)
    if isinstance(best, list):
        kinds = sorted({type(product).__name__ for product in best})
        plain = "An element of a NumPy array or a tensor is no Python number."
        expect.same(kinds, ["int"], called=f"the types of what is in {called}", idea=plain)
    expect.same(best, np.argsort(-dots)[:k].tolist(), called=called)


@pytest.mark.beyond
def test_names_the_best_of_many():
    """Of many products, the best ones come first as well, however close they are.

    A few hundred products are more than a batch, and their ids more than a byte holds. In
    float16, the next number after 0.5 is 0.0005 larger.
    """
    model = made(300, 400, 1)
    order = np.random.default_rng(5).permutation(400)
    for weight in model.trainable_weights:
        column = order if weight.shape[0] == 400 else np.ones(300)
        weight.assign(np.float32(column[:, None]) * (3e-4 if weight.shape[0] == 400 else 1.0))
    check_best(model, 260, 300, order, products=400)


@pytest.mark.beyond
def test_equally_good_products():
    """Of equally good products, each is named once.

    A probability is no key: several products may have the same.
    """
    model = made()
    for table in tables(model):
        table.assign(0.0 * table)
    with expect.works("best_products, where all probabilities are equal"):
        best = best_products(model, 1, PRODUCTS, PRODUCTS)
    called = "best_products, all of them, where all probabilities are equal: sorted"
    expect.same(sorted(map(int, best)), list(range(PRODUCTS)), called=called)


@pytest.mark.beyond
def test_a_question_changes_nothing():
    """The model stays as it is, when it is asked.

    To ask is to predict. Nothing is trained, and nothing is frozen.
    """
    model = made()
    before = filled(model)
    with expect.works("best_products"):
        best_products(model, 1, PRODUCTS, 3)
    called = "the number of trainable weights, after best_products"
    expect.same(len(model.trainable_weights), 2, called=called)
    same = all(np.array_equal(w, old) for w, old in zip(tables(model), before, strict=True))
    expect.that(
        same, called="the tables, after best_products", expected="those of before", seen="others"
    )
