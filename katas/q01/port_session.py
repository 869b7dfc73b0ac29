"""The bank's fraud model in TF2, with the weights that it has."""

import tensorflow as tf


class FraudScorer:
    """The model of `lab/fraud_v1.py`, with the weights of one of its checkpoints, and no session.

    It gives the scores that `fraud_v1.score` gives. In eager mode the result has a value; within
    a tf.function all of it becomes a part of that function's graph, which then takes batches of
    any size and holds no call back into Python.

    `FraudScorer` is something that `tf.train.Checkpoint(scorer=...)` can save and restore: derive
    it from tf.Module, keras.Model, keras.layers.Layer or what else TensorFlow tracks. All six
    variables of the model (of hidden, out and scaler) are saved and restored with it.

    Attributes:
        trainable_variables: The four weights that `fraud_v1.train` trains: kernel and bias of
            hidden and of out, in any order, as a list or tuple of tf.Variables or keras.Variables.
            Each has the shape that it has in the checkpoint. Gradients reach each of them, and
            what is assigned to one changes the scores from then on. The scaler's two are not among
            them. (What you derive from may bring this attribute along.)
    """

    def __init__(self, prefix: str) -> None:
        """Read the checkpoint. When this is done, all variables are there, and the files are not
        needed any more.

        Args:
            prefix: the prefix of a checkpoint that `fraud_v1.train` wrote, with any number of
                features and of hidden units, resumable or not. Optimizer state and step counter
                that it may hold are of no use here.
        """
        raise NotImplementedError

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        """Score a batch.

        Args:
            x: of shape [n, features]: a float32 tensor; or what a feed_dict took for the
                placeholder: a NumPy array of floats (16 to 64 bits) or integers (8 to 64 bits,
                with a sign or without), or nested lists of numbers. In a tf.function it is a
                tensor, and n may be unknown.

        Returns:
            The scores, float32, of shape [n, 1].
        """
        raise NotImplementedError
