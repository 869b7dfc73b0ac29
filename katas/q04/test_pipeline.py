"""The decoder and the augmentation of these tests count how often they run."""

import threading

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q04.pipeline import train_dataset
from lab import pipelines

IMAGES, BATCH = 24, 4


class Job:
    """A training dataset made by the learner, with counters in its decoder and augmentation.

    The images do not exist: "/images/7.png" is decoded to an image full of sevens.
    """

    def __init__(self, images=IMAGES, buffer=IMAGES):
        self.decoded = self.augmented = 0
        self.lock = threading.Lock()  # parallel stages run Python in several threads
        self.called = f"train_dataset({images} paths, decode, augment, {BATCH}, {buffer})"
        paths = [f"/images/{i}.png" for i in range(images)]
        self.dataset = train_dataset(paths, self.decode, self.augment, BATCH, buffer)
        expect.that(
            isinstance(self.dataset, tf.data.Dataset),
            called=self.called,
            expected="a tf.data.Dataset",
            seen=type(self.dataset).__name__,
        )

    def decode(self, path):
        with tf.name_scope("the_decoder"):
            image, label = tf.numpy_function(self.read, [path], [tf.uint8, tf.int64])
            return tf.ensure_shape(image, (2, 2, 3)), tf.ensure_shape(label, ())

    def read(self, path):
        with self.lock:
            self.decoded += 1
        number = int(np.asarray(path).item().decode().split("/")[-1].removesuffix(".png"))
        return np.full((2, 2, 3), number, np.uint8), np.int64(number)

    def augment(self, image, label):
        with tf.name_scope("the_augmentation"):
            changed = tf.numpy_function(self.change, [image], image.dtype)
            return tf.ensure_shape(changed, image.shape), label

    def change(self, image):
        with self.lock:
            self.augmented += 1
        return image

    def epoch(self):
        """The labels of one pass, batch by batch."""
        batches = []
        with expect.works(self.called, tf.errors.OpError):
            for _, labels in self.dataset.take(100):
                batches.append(np.asarray(labels).tolist())
        expect.that(
            len(batches) < 100,
            called=f"a pass over {self.called}",
            expected="a pass that ends",
            seen="100 batches, and no end",
        )
        return batches

    def first_images(self, epochs):
        """The label of the first image of each of some epochs, which then end."""
        with expect.works(self.called, tf.errors.OpError):
            started = self.dataset.take(1).repeat(epochs)
            return [int(np.asarray(labels)[0]) for _, labels in started]

    def stages(self):
        """What the pipeline declares, from its last stage to its source."""
        with expect.works(f"reading the stages of {self.called}"):
            return pipelines.stages(self.dataset)


def test_an_epoch_has_every_image_once():
    """An epoch has every image once; the last batch holds the rest.

    A pass that ends is what makes an epoch. Who wants more passes repeats them outside.
    """
    job = Job(images=12)
    spec = tuple(f"{part.dtype.name} {part.shape}" for part in job.dataset.element_spec)
    want = ("uint8 (None, 2, 2, 3)", "int64 (None,)")
    idea = "A model is built for one shape and dtype: those of decode, in batches of any size."
    expect.same(spec, want, called=f"element_spec of {job.called}", idea=idea)
    job = Job(images=10)
    batches = job.epoch()
    sizes = [len(batch) for batch in batches]
    expect.same(sizes, [4, 4, 2], called="batch sizes of an epoch of 10 images")
    seen = sorted(label for batch in batches for label in batch)
    expect.same(seen, list(range(10)), called="the images of an epoch of 10, sorted")


def test_building_decodes_nothing():
    """Building the pipeline decodes nothing.

    A pipeline is a description. What runs while it is being built, runs before the first
    training step, one image after the other.
    """
    job = Job()
    expect.same(job.decoded, 0, called=f"images decoded by {job.called}")


def test_second_epoch_decodes_nothing():
    """The second epoch decodes nothing.

    A cache keeps what came out of the stage before it. What stands before that stage is no
    longer asked.
    """
    job = Job()
    job.epoch()
    first = job.decoded
    job.epoch()
    expect.same(job.decoded - first, 0, called="images decoded in the second epoch")


def test_every_epoch_augments_anew():
    """Every epoch augments every image anew.

    The random numbers that a cache has kept are the same in every epoch: the model sees one
    variant of each image for ever. Augmentation takes one image at a time here.
    """
    job = Job()
    counts = []
    for _ in range(3):
        before = job.augmented
        job.epoch()
        counts.append(job.augmented - before)
    expect.same(counts, [IMAGES] * 3, called=f"calls of augment in three epochs of {IMAGES} images")


def test_every_epoch_mixes_other_batches():
    """In every epoch other images come together in a batch.

    The noise in the gradient comes from who sits together in a batch, not from the order in
    which batches arrive.
    """
    job = Job()
    mixed = [{frozenset(batch) for batch in job.epoch()} for _ in range(3)]
    expect.that(
        not mixed[0] == mixed[1] == mixed[2],
        called="the sets of images that form a batch, in three epochs",
        expected="other sets in every epoch",
        seen="the same sets in all three",
    )


def test_shuffle_buffer_is_used():
    """The order is drawn from a buffer of `shuffle_buffer` images.

    The first image of an epoch can only be one that is in the buffer: with room for all of
    them it comes from the whole list, otherwise from its beginning.
    """
    job = Job()
    job.epoch()
    first = job.first_images(20)
    expect.that(
        max(first) >= IMAGES // 2 and len(set(first)) > 4,
        called=f"the first image of 20 epochs, with {IMAGES} images and a buffer of {IMAGES}",
        expected="images from all over the list",
        seen=f"only images from {sorted(set(first))}",
    )
    job = Job(buffer=8)
    job.epoch()
    first = set(job.first_images(60))
    expect.that(
        len(first) <= 8 + BATCH,  # in a pipeline that may swap batches, 8 is not quite the end
        called=f"the first image of 60 epochs, with {IMAGES} images and a buffer of 8",
        expected="the same few images, those that are in the buffer first",
        seen=f"{len(first)} different images",
    )


def test_decode_and_augment_run_in_parallel():
    """`decode` and `augment` work on several images at a time.

    One core decodes one image at a time while the others wait, and the accelerator waits for
    all of them.
    """
    job = Job()
    found = job.stages()
    for name, scope in (("decode", "the_decoder"), ("augment", "the_augmentation")):
        running = [stage for stage in found if stage.runs(scope)]
        kinds = ", ".join(f"{stage.kind}{list(stage.numbers)}" for stage in running)
        expect.that(
            bool(running) and all(stage.parallel for stage in running),
            called=f"the stage that runs {name}",
            expected="a parallel one, for several images at a time",
            seen=f"{kinds}, one at a time" if running else "no stage of the pipeline",
        )


def test_prefetch_is_the_last_stage():
    """The last stage prefetches.

    Only what stands before a prefetch runs while the model works. What stands behind it runs
    while the model waits.
    """
    job = Job()
    last = job.stages()[0]
    room = last.numbers[-1] if last.kind == "Prefetch" else None
    expect.that(
        room not in (None, 0),
        called=f"the last stage of {job.called}",
        expected="Prefetch, with room for a batch or more",
        seen=last.kind if room is None else f"Prefetch with room for {room} batches",
    )
