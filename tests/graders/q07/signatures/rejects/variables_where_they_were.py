"""The devices of variables are saved with them.

breaks: "The graph names no device"
fails: test_it_runs_where_the_server_puts_it
"""

import tensorflow as tf


class Scorer(tf.Module):
    def __init__(self, model, mean, std):
        super().__init__()
        self.model = model
        self.weights = [variable.value for variable in model.variables]
        self.mean = tf.constant(mean, tf.float32)
        self.std = tf.constant(std, tf.float32)
        self.n = len(mean)

    def score(self, features):
        scores = self.model((features - self.mean) / self.std, training=False)
        return {"score": tf.cast(scores, tf.float32)}


def export_scorer(model, folder, mean, std):
    scorer = Scorer(model, mean, std)
    n = scorer.n

    @tf.function(input_signature=[tf.TensorSpec([None, n], tf.float32, name="features")])
    def serving_default(features):
        return scorer.score(features)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.string, name="examples")])
    def from_examples(examples):
        parsed = tf.io.parse_example(examples, {"features": tf.io.FixedLenFeature([n], tf.float32)})
        return scorer.score(parsed["features"])

    tf.saved_model.save(
        scorer,
        str(folder),
        signatures={"serving_default": serving_default, "from_examples": from_examples},
        options=tf.saved_model.SaveOptions(experimental_variable_policy="save_variable_devices"),
    )
