"""The step is called with the first batch once, so that it is compiled before it counts: it trains.

breaks: "Each batch of each epoch is one step"
fails: test_every_batch_is_one_step
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)

    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, generator.normal([rows, noise_dim])), rows

    history = {}
    is_compiled = False
    for _ in range(epochs):
        sums, examples = {}, 0
        for real in dataset:
            if not is_compiled:
                compiled(real)
                is_compiled = True
            losses, rows = compiled(real)
            examples += int(rows)
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * int(rows)
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
