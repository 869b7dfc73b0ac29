"""The Saver of TF1 restores variables by name in eager mode, too; the call is a tf.function."""

import tensorflow as tf


class FraudScorer(tf.Module):
    def __init__(self, prefix):
        super().__init__()
        shapes = tf.train.load_checkpoint(prefix).get_variable_to_shape_map()
        self.parts = {}
        for name in (
            "scaler/mean",
            "scaler/scale",
            "hidden/kernel",
            "hidden/bias",
            "out/kernel",
            "out/bias",
        ):
            trainable = not name.startswith("scaler")
            self.parts[name.replace("/", "_")] = tf.Variable(
                tf.zeros(shapes[name]), trainable=trainable
            )
        names = {name.replace("_", "/"): v for name, v in self.parts.items()}
        tf.compat.v1.train.Saver(names).restore(None, prefix)

    @tf.function(reduce_retracing=True)
    def forward(self, x):
        p = self.parts
        x = tf.nn.bias_add(
            tf.matmul((x - p["scaler_mean"]) / p["scaler_scale"], p["hidden_kernel"]),
            p["hidden_bias"],
        )
        return tf.math.sigmoid(tf.nn.relu(x) @ p["out_kernel"] + p["out_bias"])

    def __call__(self, x):
        return self.forward(tf.cast(x, tf.float32))
