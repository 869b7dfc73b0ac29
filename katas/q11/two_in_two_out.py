"""A help desk's tickets: two things go in, two come out."""

import keras


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    """A model that says how urgent a ticket is, and whose it is.

    It is called with a dict of float32 tensors and returns a dict of float32 tensors:

        "title"       [batch, title_size]     what the title says, as numbers
        "tags"        [batch, tags_size]      the tags that were set

        "priority"    [batch, 1]              between 0 and 1
        "department"  [batch, departments]    probabilities; each row sums to 1

    Both outputs of a new model depend on both inputs, and the two come from one trunk: at least
    one layer has weights that both outputs depend on. How many layers there are, and how wide
    they are, is up to you. Outside of training nothing in them is random (a Dropout is idle then),
    and no layer adds a loss of its own.

    Saved as `.keras`, compiled or not, the model is loaded by `keras.models.load_model(path)`,
    with no further arguments.
    """
    raise NotImplementedError


def compile_ticket_model(model: keras.Model, priority_weight: float) -> None:
    """Compile a model that ticket_model made, with any optimizer.

    The loss of "priority" is the mean squared error, with targets of shape [batch, 1]; that of
    "department" is the sparse categorical cross-entropy, with integer targets of shape [batch].
    The loss of the model is priority_weight times the first plus the second. `evaluate` and `fit`
    report all three: as loss, priority_loss and department_loss. They are given the targets as a
    dict with the names of the outputs.
    """
    raise NotImplementedError
