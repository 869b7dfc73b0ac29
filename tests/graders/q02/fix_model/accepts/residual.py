"""A way around each layer, added to what the layer computes; a subclass."""

import keras


class Classifier(keras.Model):
    def __init__(self, depth, units):
        super().__init__()
        self.entry = keras.layers.Dense(units, activation="tanh")
        self.blocks = [keras.layers.Dense(units, activation="tanh") for _ in range(depth - 1)]
        self.exit = keras.layers.Dense(1)

    def call(self, x):
        x = self.entry(x)
        for block in self.blocks:
            x = x + block(x)
        return self.exit(x)


def build_classifier(depth=12, units=32):
    model = Classifier(depth, units)
    model(keras.ops.zeros([1, 20]))
    return model
