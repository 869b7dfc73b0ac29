"""A registered layer with two weights, and a sort in Python."""

import keras
import tensorflow as tf


@keras.saving.register_keras_serializable(package="shop")
class Purchase(keras.layers.Layer):
    def __init__(self, counts, dim, **kwargs):
        super().__init__(**kwargs)
        self.counts, self.dim = list(counts), dim

    def build(self, input_shape):
        start = keras.initializers.RandomNormal(stddev=0.05)
        self.u = self.add_weight(name="u", shape=(self.counts[0], self.dim), initializer=start)
        start = keras.initializers.RandomNormal(stddev=0.05)
        self.p = self.add_weight(name="p", shape=(self.counts[1], self.dim), initializer=start)

    def call(self, inputs):
        rows = tf.gather(self.u, inputs[0]) * tf.gather(self.p, inputs[1])
        return tf.sigmoid(tf.reduce_sum(rows, axis=-1))

    def get_config(self):
        return {**super().get_config(), "counts": self.counts, "dim": self.dim}


def build_recommender(num_users, num_products, embedding_dim, learning_rate=0.1):
    ids = {name: keras.Input((1,), dtype="int32", name=name) for name in ("user", "product")}
    layer = Purchase([num_users, num_products], embedding_dim)
    model = keras.Model(ids, layer([ids["user"], ids["product"]]))
    model.compile("sgd", "bce")
    model.optimizer.learning_rate = learning_rate
    return model


def best_products(model, user, num_products, k):
    score = {
        p: float(
            model.predict_on_batch({"user": tf.constant([[user]]), "product": tf.constant([[p]])})[
                0, 0
            ]
        )
        for p in range(num_products)
    }
    return sorted(score, key=score.get, reverse=True)[:k]
