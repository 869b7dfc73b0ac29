"""An object that is called; more is logged than was asked for."""

import tensorflow as tf


class Step:
    def __init__(self, model, loss_fn, optimizer, writer):
        self.model, self.loss_fn, self.optimizer = model, loss_fn, optimizer
        self.writer = writer
        self.train = tf.function(self.train)

    def train(self, x, y):
        variables = self.model.trainable_weights
        with tf.GradientTape() as tape:
            logits = self.model(x, training=True)
            loss = self.loss_fn(y, logits)
        gradients = tape.gradient(loss, variables)
        pairs = [(g, v) for g, v in zip(gradients, variables) if g is not None]
        self.optimizer.apply_gradients(pairs)
        with self.writer.as_default(step=tf.cast(self.optimizer.iterations.value, tf.int64)):
            tf.summary.scalar("loss", loss)
            tf.summary.scalar("learning_rate", self.optimizer.learning_rate)
            for variable in variables:
                tf.summary.histogram(f"weight/{variable.path}", variable)
            for gradient, variable in pairs:
                tf.summary.histogram(f"grad/{variable.path}", gradient)
        return loss

    def __call__(self, x, y):
        return self.train(x, y)


make_logged_step = Step
