"""The bank's fraud model in TF2, with the weights that it has."""

import tensorflow as tf


class FraudScorer:
    """The model of `lab/fraud_v1.py`, with the weights of one of its checkpoints, and no session.

    >>> from lab import fraud_v1
    >>> fraud_v1.train("old.ckpt", features=2, hidden=3, seed=1)
    >>> scorer = FraudScorer("old.ckpt")
    >>> batch = np.array([[4.0, 1.0]], "float32")
    >>> scorer(batch).shape, np.allclose(scorer(batch), fraud_v1.score("old.ckpt", batch))
    (TensorShape([1, 1]), True)
    >>> sorted(tuple(weight.shape) for weight in scorer.trainable_variables)
    [(1,), (2, 3), (3,), (3, 1)]

    - The sizes are those of the checkpoint.
    - `tf.train.Checkpoint(scorer=...)` saves and restores all six variables of hidden, out and
      scaler.

    TensorFlow has to track the class: derive it from `tf.Module` or `keras.Model`, for example.
    These also bring `trainable_variables` along.

    Attributes:
        trainable_variables: Kernel and bias of hidden and of out, in any order.
            Each has the value that it has in the checkpoint.
            Gradients reach each of them.
            A new value of one counts from the next call on.
            The scaler's two variables are not among them.
    """

    def __init__(self, prefix: str) -> None:
        """Read the checkpoint, which `fraud_v1.train` wrote to `prefix`.

        - It may be a resumable one, which also has the optimizer's state.
        - The files are not needed any more when this is done.
        """
        raise NotImplementedError

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        """Score a batch: float32, of shape [n, features], a tensor or an array.

        Returns:
            The scores that `fraud_v1.score` gives, as a float32 tensor of shape [n, 1].

            - In a tf.function, they become a part of the graph, for batches of any size.
            - That graph makes no call back into Python.

        Beyond the idea:
            - `x` may be an array of any floats or integers of 8 to 64 bits, or nested lists.
            - No digit is lost, except those that a float32 has no room for.
        """
        raise NotImplementedError
