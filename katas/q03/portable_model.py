"""A model that starts with a function of its own, and that a colleague can load."""

import keras


def build_model() -> keras.Model:
    """Build a model that applies a Dense layer to log(1 + amount) of three amounts.

    >>> model = build_model()
    >>> [tuple(weight.shape) for weight in model.weights]
    [(3, 1), (1,)]
    >>> model.set_weights([np.ones([3, 1]), np.zeros([1])])
    >>> print(round(float(model(np.array([[0.0, 1.0, 3.0]]))[0, 0]), 3))
    2.079
    >>> model.save("amounts.keras")
    >>> isinstance(keras.models.load_model("amounts.keras"), keras.Model)
    True

    An input has the shape [n, 3]. The amounts are float32 and not negative.

    - The Dense layer has one unit, a bias and no activation.
    - `model.weights` are its kernel and its bias, and both are trained.
    - Each call builds a model with weights of its own.
    - The logarithm is an op of the graph, and gradients flow through it.
    - `keras.models.load_model(path)` loads it in safe mode, without `custom_objects`, where your
      file was imported.
    - Safe mode stays on for other files.

    Beyond the idea:
        - The logarithm of a small amount is accurate, too.
        - The call changes no setting of Keras, such as the dtype policy.
        - The call sets no global seed.
    """
    raise NotImplementedError
