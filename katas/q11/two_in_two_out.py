"""A help desk's tickets: two things go in, two come out."""

import keras


def ticket_model(title_size: int, tags_size: int, departments: int) -> keras.Model:
    """Make a model that says how urgent a ticket is, and whose it is.

    >>> model = ticket_model(title_size=8, tags_size=5, departments=3)
    >>> tickets = {"title": tf.ones([2, 8]), "tags": tf.ones([2, 5])}
    >>> for name, output in sorted(model(tickets).items()):
    ...     print(name, output.shape)
    department (2, 3)
    priority (2, 1)

    The number of layers and their widths are up to you.

    Returns:
        A model that takes a dict of "title", [batch, title_size], and "tags", [batch, tags_size].
        It returns a dict of "priority", [batch, 1], and "department", [batch, departments].
        A priority is between 0 and 1.
        Each row of departments holds probabilities, which sum to 1.
        Both outputs of a new model depend on the title and on the tags.
        They come from one trunk: some weights get gradients from both outputs.
        Outside of training, nothing is random.

    Beyond the idea:
        - The answer to a ticket does not depend on the others in its batch.
    """
    raise NotImplementedError


def compile_ticket_model(model: keras.Model, priority_weight: float) -> None:
    """Compile a model that ticket_model made.

    Take any optimizer. Targets come as a dict: "priority", [batch, 1], and "department", integers
    of shape [batch].

    - The loss of "priority" is the mean squared error.
    - That of "department" is the sparse categorical cross-entropy.
    - The loss of the model is `priority_weight` times the first, plus the second.
    - `evaluate` reports all three, as `loss`, `priority_loss` and `department_loss`.
    - Saved as `.keras` and loaded, the model has the same answers and losses.
    - `load_model` needs only the path of the file.

    Beyond the idea:
        - A model may be compiled again, with another weight.
        - The weight may be 0.
        - Nothing else adds to the loss.
    """
    raise NotImplementedError
