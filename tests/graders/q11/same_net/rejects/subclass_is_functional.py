"""The class hands inputs and outputs to the base class, which makes it a functional model.

breaks: "It is neither functional nor a Sequential"
fails: test_each_is_of_its_own_kind, test_what_every_model_takes
"""

import keras
from keras.layers import Dense


def sequential_net(features, hidden, classes):
    return keras.Sequential(
        [
            keras.Input([features]),
            *(Dense(units, activation="relu") for units in hidden),
            Dense(classes, activation="softmax"),
        ]
    )


def tensors(features, hidden, classes):
    x = inputs = keras.Input([features])
    for units in hidden:
        x = Dense(units, activation="relu")(x)
    return inputs, Dense(classes, activation="softmax")(x)


def functional_net(features, hidden, classes):
    return keras.Model(*tensors(features, hidden, classes))


class SubclassNet(keras.Model):
    def __init__(self, features, hidden, classes, **kwargs):
        super().__init__(*tensors(features, hidden, classes), **kwargs)
        self.arguments = {"features": features, "hidden": hidden, "classes": classes}

    def get_config(self):
        return {"name": self.name, **self.arguments}
