"""All noise is drawn before the training, last epoch first: what comes in the first depends on how many there are.

breaks: "does not depend on `epochs`"
fails: test_nothing_but_the_seed
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)

    plan = [generator.split(1)[0] for _ in range(epochs)]
    compiled = tf.function(step, reduce_retracing=True)

    history = {}
    for _ in range(epochs):
        noise_of_epoch = plan.pop()
        sums, examples = {}, 0
        for real in dataset:
            rows = len(real)
            losses = compiled(real, noise_of_epoch.normal([rows, noise_dim]))
            examples += int(rows)
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * int(rows)
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
