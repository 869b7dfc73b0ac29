"""A leaky ReLU with orthogonal matrices, which keep lengths as they are."""

import keras


def build_classifier(depth=12, units=32):
    slope, start = 0.2, keras.initializers.Orthogonal(gain=1.3)
    model = keras.Sequential([keras.Input([20])])
    for _ in range(depth):
        model.add(keras.layers.Dense(units, kernel_initializer=start.clone()))
        model.add(keras.layers.LeakyReLU(negative_slope=slope))
    model.add(keras.layers.Dense(1))
    return model
