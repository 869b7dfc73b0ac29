"""Slots that Keras knows, the formula, and a config; nobody thinks of dtypes."""

import keras


class HeavyBall(keras.optimizers.Optimizer):
    def __init__(self, learning_rate=0.01, momentum=0.9, name="heavy_ball", **kwargs):
        super().__init__(learning_rate=learning_rate, name=name, **kwargs)
        self.momentum = momentum

    def build(self, variables):
        super().build(variables)
        self.velocities = self.add_optimizer_variables(variables, "velocity")

    def update_step(self, gradient, variable, learning_rate):
        velocity = self.velocities[self._get_variable_index(variable)]
        velocity.assign(self.momentum * velocity + gradient)
        variable.assign_sub(learning_rate * velocity)

    def get_config(self):
        config = super().get_config()
        config["momentum"] = self.momentum
        return config
