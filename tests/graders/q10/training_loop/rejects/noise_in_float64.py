"""The noise is as precise as NumPy's: a step in float32 does not take it.

breaks: "Noise is float32"
fails: test_every_batch_is_one_step, test_every_epoch_iterates_the_dataset, test_a_row_of_noise_for_each_example, test_every_step_has_new_noise, test_the_noise_is_normal, test_the_noise_follows_the_seed, test_the_step_is_compiled_once, test_nothing_but_the_seed, test_others_draw_what_they_would_have_drawn
"""

import tensorflow as tf


def train(step, dataset, epochs, noise_dim, seed):
    generator = tf.random.Generator.from_seed(seed)

    @tf.function(reduce_retracing=True)
    def compiled(real):
        rows = tf.shape(real)[0]
        return step(real, generator.normal([rows, noise_dim], dtype=tf.float64)), rows

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
