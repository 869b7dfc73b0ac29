"""The decoder and the augmentation of these tests count how often they run."""

import threading

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q04.pipeline import train_dataset
from lab import pipelines

IMAGES, BATCH = 24, 4
AUGMENTED = 100  # what the augmentation adds to every pixel


class Job:
    """A training dataset made by the learner, with counters in its decoder and augmentation.

    The images do not exist: "/images/7.png" is decoded to an image full of sevens.
    """

    def __init__(self, images=IMAGES, buffer=IMAGES, decode=None):
        self.decoded = self.augmented = 0
        self.lock = threading.Lock()  # parallel stages run Python in several threads
        self.called = f"train_dataset({images} paths, decode, augment, {BATCH}, {buffer})"
        paths = [f"/images/{i}.png" for i in range(images)]
        decode = decode or self.decode
        with expect.works(self.called):
            self.dataset = train_dataset(paths, decode, self.augment, BATCH, buffer)
        is_dataset = isinstance(self.dataset, tf.data.Dataset)
        spec = self.dataset.element_spec if is_dataset else None
        pairs = isinstance(spec, tuple) and len(spec) == 2 and spec[1].shape.rank in (None, 1)
        expect.that(
            pairs,
            called=self.called,
            expected="a tf.data.Dataset of pairs: a batch of images, and a batch of labels",
            seen=f"elements {spec}" if is_dataset else type(self.dataset).__name__,
            idea="`fit` takes pairs of inputs and targets.",
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
        return image + AUGMENTED

    def epoch(self):
        """The labels of one pass, batch by batch."""
        return [labels for _, labels in self.batches()]

    def batches(self):
        """The images and labels of one pass."""
        batches = []
        with expect.works(self.called, tf.errors.OpError):
            for images, labels in self.dataset.take(100):
                batches.append((np.asarray(images), np.asarray(labels).tolist()))
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


class OneBrokenFile(Job):
    """A job with an image that cannot be decoded."""

    def read(self, path):
        if b"7.png" in np.asarray(path).item():
            raise ValueError("a broken file")
        return super().read(path)


def test_an_epoch_has_every_image_once():
    """An epoch has every image once; the last batch holds the rest.

    A pass that ends is what makes an epoch. More passes are repeated outside.
    """
    batches = Job(images=10).epoch()
    sizes = [len(batch) for batch in batches]
    expect.same(sizes, [4, 4, 2], called="batch sizes of an epoch of 10 images")
    seen = sorted(label for batch in batches for label in batch)
    expect.same(seen, list(range(10)), called="the images of an epoch of 10, sorted")


def test_building_decodes_nothing():
    """Building the pipeline decodes nothing.

    A pipeline is a description. All that runs while it is being built delays the first
    training step.
    """
    job = Job()
    expect.same(job.decoded, 0, called=f"images decoded by {job.called}")


def test_every_image_is_decoded_once():
    """The first epoch decodes every image once, and the second epoch none.

    A cache keeps the elements that the stage before it gave. That stage never runs again.
    """
    job = Job()
    counts = []
    for _ in range(2):
        before = job.decoded
        job.epoch()
        counts.append(job.decoded - before)
    expect.same(counts, [IMAGES, 0], called=f"images decoded in two epochs of {IMAGES}")


def test_every_epoch_augments_anew():
    """Every epoch augments every image anew.

    A cache keeps the random numbers that were drawn before it. The model then sees one variant of
    each image for ever. `augment` takes one image at a time.
    """
    job = Job()
    counts = []
    for _ in range(3):
        before = job.augmented
        job.epoch()
        counts.append(job.augmented - before)
    expect.same(counts, [IMAGES] * 3, called=f"calls of augment in three epochs of {IMAGES} images")
    unchanged = [labels for images, labels in job.batches() if images.min() < AUGMENTED]
    expect.same(
        sum(map(len, unchanged)),
        0,
        called="images of an epoch that come as they were before augment",
        idea="A stage changes nothing in place. The next stage has what it returns.",
    )


def test_every_epoch_mixes_other_batches():
    """In every epoch other images come together in a batch.

    The noise in the gradient depends on the images that share a batch, not on the order of the
    batches.
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

    The first image of an epoch is one of those that are in the buffer by then. A buffer for all
    images draws it from the whole list, a small one from its beginning.
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

    The stages before a prefetch run while the model works. Those behind it run while the model
    waits.
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


@pytest.mark.beyond
def test_shapes_and_dtypes_are_those_of_decode():
    """Shapes and dtypes are those of `decode`, in batches of any size.

    A model is built for one shape and dtype. The next data set has others.
    """
    decoders = (
        (lambda path: (tf.zeros((2, 2, 3), tf.uint8), tf.strings.length(path))),
        (lambda path: (tf.zeros((5, 4, 1), tf.float16), path)),
    )
    wanted = (
        ["uint8 (None, 2, 2, 3)", "int32 (None,)"],
        ["float16 (None, 5, 4, 1)", "string (None,)"],
    )
    for decode, want in zip(decoders, wanted, strict=True):
        job = Job(images=12, decode=decode)
        spec = [f"{part.dtype.name} {part.shape}" for part in job.dataset.element_spec]
        expect.same(spec, want, called=f"element_spec of {job.called}")


@pytest.mark.beyond
def test_a_broken_image_is_not_left_out():
    """An image that cannot be decoded ends the pass with an error.

    A job that skips broken files trains on less data than it says, and nobody finds out.
    """
    called = "an epoch of 10 images, with a decoder that raises for one of them"
    dataset = OneBrokenFile(images=10).dataset
    expect.raises(lambda: list(dataset.take(100)), tf.errors.OpError, called=called)
