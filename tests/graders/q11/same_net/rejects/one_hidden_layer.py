"""One hidden layer, as in the tutorial, however many are asked for.

breaks: "a kernel and a bias for each Dense layer"
fails: test_all_three_compute_the_same, test_the_weights_are_there_before_any_data
"""

import keras
from keras.layers import Dense


def sequential_net(features, hidden, classes):
    hidden = hidden[:1]
    return keras.Sequential(
        [
            keras.Input([features]),
            *(Dense(units, activation="relu") for units in hidden),
            Dense(classes, activation="softmax"),
        ]
    )


def functional_net(features, hidden, classes):
    x = inputs = keras.Input([features])
    for units in hidden[:1]:
        x = Dense(units, activation="relu")(x)
    return keras.Model(inputs, Dense(classes, activation="softmax")(x))


class SubclassNet(keras.Model):
    def __init__(self, features, hidden, classes, **kwargs):
        super().__init__(**kwargs)
        self.arguments = {"features": features, "hidden": hidden, "classes": classes}
        self.net = sequential_net(features, hidden, classes)

    def call(self, inputs):
        return self.net(inputs)

    def get_config(self):
        return {**super().get_config(), **self.arguments}
