import tensorflow as tf


class FraudScorer(tf.Module):
    def __init__(self, prefix: str) -> None:
        super().__init__()
        saved = tf.train.load_checkpoint(prefix)

        def variable(name: str, trainable: bool = True) -> tf.Variable:
            return tf.Variable(saved.get_tensor(name), trainable=trainable, name=name)

        self.mean = variable("scaler/mean", trainable=False)
        self.scale = variable("scaler/scale", trainable=False)
        self.hidden = [variable("hidden/kernel"), variable("hidden/bias")]
        self.out = [variable("out/kernel"), variable("out/bias")]

    def __call__(self, x: tf.Tensor) -> tf.Tensor:
        x = (tf.cast(x, tf.float32) - self.mean) / self.scale
        for (kernel, bias), activation in (
            (self.hidden, tf.nn.relu),
            (self.out, tf.nn.sigmoid),
        ):
            x = activation(tf.matmul(x, kernel) + bias)
        return x
