"""Two inputs, one encoder: how far apart are they?"""

import keras


def distance_model(encoder: keras.Model) -> keras.Model:
    """Make a model that tells how far apart two inputs are, as the encoder sees them.

    >>> dense = keras.layers.Dense(2, kernel_initializer="identity")
    >>> model = distance_model(keras.Sequential([keras.Input([2]), dense]))
    >>> distances = model([tf.constant([[3.0, 0.0]]), tf.constant([[0.0, 4.0]])])
    >>> distances.numpy().round(2).tolist()
    [[5.0]]
    >>> len(model.weights)
    2

    - The model has the weights of the encoder, and no others.
    - Both inputs train the encoder.
    - Saved as `.keras` and loaded, it has one encoder and gives the same distances.
    - `load_model` needs only the path of the file.

    Args:
        encoder: a built functional or Sequential model, from [batch, ...] to [batch, code size],
            all in float32.

    Returns:
        A model that is called with a list of two batches, `[a, b]`.
        It gives the Euclidean distance between their codes, row by row: float32, [batch, 1].

    Beyond the idea:
        - Where two codes are equal, all gradients are finite.
        - Distances are right to within 0.001, also if they are 0.
        - So are small distances between codes that are far from 0.
        - The encoder may hold operations that are no layers.
    """
    raise NotImplementedError
