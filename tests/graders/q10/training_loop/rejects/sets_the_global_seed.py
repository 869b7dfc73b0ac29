"""The global seed is set: the noise is the same each time, and so are the random numbers of all
others.

breaks: "No two steps have the same noise", "What others draw afterwards"
fails: test_every_step_has_new_noise, test_others_draw_what_they_would_have_drawn
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    tf.random.set_seed(seed)

    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, tf.random.normal([rows, noise_dim])), rows

    history = {}
    for _ in range(epochs):
        sums, examples = {}, 0
        for real in dataset:
            losses, rows = compiled(real)
            examples += int(rows)
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) + float(loss) * int(rows)
        for name, total in sums.items():
            history.setdefault(name, []).append(total / examples)
    return history
