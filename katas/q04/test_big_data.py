"""Images are deleted or replaced between the passes, to see who still reads them."""

import contextlib
import os
import random
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q04.big_data import forget, train_dataset

IMAGES, BATCH = 10, 4
PIXELS = 16 * 16 * 3
CALL = "train_dataset(paths, decode, augment, 4, {}, cache_dir, {!r})"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


class Images:
    """Image files: one float32 for the label, then the pixels, which are noise."""

    def __init__(self, folder: Path, first: int = 0, count: int = IMAGES):
        self.files = [folder / f"{i:02}.raw" for i in range(count)]
        self.paths = [str(file) for file in self.files]
        folder.mkdir()
        self.write(first)

    def write(self, first: int):
        self.labels = list(range(first, first + len(self.files)))
        self.pixels = np.random.default_rng(first).random((len(self.files), PIXELS), np.float32)
        for file, label, pixels in zip(self.files, self.labels, self.pixels, strict=True):
            file.write_bytes(np.float32(label).tobytes() + pixels.tobytes())

    def delete(self):
        for file in self.files:
            file.unlink()


def decode(path):
    values = tf.io.decode_raw(tf.io.read_file(path), tf.float32)
    image = tf.reshape(tf.ensure_shape(values, (PIXELS + 1,))[1:], (16, 16, 3))
    return image, tf.cast(values[0], tf.int64)


def decode_to_bytes(path):
    """An image and a label of other shapes and dtypes."""
    image, label = decode(path)
    return tf.cast(image[:9] * 255, tf.uint8), tf.cast(label, tf.int32)


class Job:
    """A dataset as a training job makes it. It counts the augmented images."""

    def __init__(self, paths, cache_dir: Path, name="train", decode=decode, buffer=IMAGES):
        self.called = CALL.format(buffer, name)
        self.augmented = 0
        self.lock = threading.Lock()  # parallel stages run Python in several threads
        with expect.works(self.called):
            self.dataset = train_dataset(
                list(paths), decode, self.augment, BATCH, buffer, cache_dir, name
            )
        expect.that(
            isinstance(self.dataset, tf.data.Dataset),
            called=self.called,
            expected="a tf.data.Dataset",
            seen=type(self.dataset).__name__,
        )

    def augment(self, image, label):
        changed = tf.numpy_function(self.change, [image], image.dtype)
        return tf.ensure_shape(changed, image.shape), label

    def change(self, image):
        with self.lock:
            self.augmented += 1
        return image

    def epoch(self, which="an epoch"):
        """The labels of one pass, batch by batch."""
        return [labels for _, labels in self.batches(self.dataset.take(100), which)]

    def images(self, which):
        """The labels of one pass, sorted, and the images in that order."""
        batches = self.batches(self.dataset.take(100), which)
        pairs = [pair for batch in batches for pair in zip(batch[1], batch[0], strict=True)]
        pairs.sort(key=lambda pair: pair[0])
        return [label for label, _ in pairs], np.array([image for _, image in pairs])

    def first_images(self, epochs):
        """The labels of the images that come first in some epochs, which then end."""
        started = self.dataset.take(1).repeat(epochs)
        return {labels[0] for _, labels in self.batches(started, f"{epochs} epochs")}

    def batches(self, dataset, which):
        """The images and labels of all batches; errors are told in short."""
        called = f"{which} of {self.called}"
        batches = []
        try:
            for images, labels in dataset:
                batches.append((np.asarray(images), np.asarray(labels).tolist()))
        except tf.errors.NotFoundError as error:
            if ".raw" not in error.message:
                expect.that(False, called=called, expected="no error", seen=reason(error))
            seen = "a read of an image file, which is gone"
            expect.that(False, called=called, expected="images from the files", seen=seen)
        except tf.errors.OpError as error:
            expect.that(False, called=called, expected="no error", seen=reason(error))
        return batches


def reason(error: tf.errors.OpError) -> str:
    """What happened, without the names of ops and of temporary folders."""
    text = error.message.splitlines()[0].split("}} ")[-1].split(" [")[0].split(" ('")[0]
    words = (Path(word).name if os.sep in word else word for word in text.split())
    return f"{type(error).__name__}: {' '.join(words)}"


def files_in(folder: Path) -> dict[str, int]:
    """The sizes of all files below `folder`."""
    found = (f for f in folder.rglob("*") if f.is_file())
    return {str(f.relative_to(folder)): f.stat().st_size for f in found}


def in_order(batches) -> list[int]:
    return sorted(label for batch in batches for label in batch)


def test_first_epoch_writes_the_decoded_images():
    """After the first epoch, all decoded images are in `cache_dir`.

    What is kept must outlive the process and must not fill its memory. Only files do both.
    """
    cache_dir = Path("fast-disk/caches")
    images = Images(Path("images"))
    job = Job(images.paths, cache_dir)
    expect.same(in_order(job.epoch()), images.labels, called=f"labels of {job.called}")
    size, decoded = sum(files_in(cache_dir).values()), 4 * PIXELS * IMAGES
    expect.that(
        size > decoded / 2,
        called=f"files in cache_dir after an epoch of {job.called}",
        expected=f"about {decoded} bytes, which is what the images decode to",
        seen=f"{size} bytes",
    )


def test_second_epoch_reads_no_image_file():
    """The second epoch has what `decode` gave, and reads no image file.

    The first epoch has paid for decoding. All later ones live on that and learn from the same
    data, to the last bit. Cameras number their images: each of two folders has a 00.raw here.
    """
    monday, tuesday = Images(Path("monday"), count=5), Images(Path("tuesday"), 40, count=5)
    decoders = (
        (decode_to_bytes, "bytes", ["uint8 (None, 9, 16, 3)", "int32 (None,)"]),
        (decode, "train", ["float32 (None, 16, 16, 3)", "int64 (None,)"]),
    )
    for decoder, name, want in decoders:
        job = Job(monday.paths + tuesday.paths, Path("caches"), name, decoder)
        spec = tf.nest.flatten(job.dataset.element_spec)
        seen = [f"{part.dtype.name} {part.shape}" for part in spec]
        expect.same(seen, want, called=f"element_spec of {job.called}")
    job.epoch("the first epoch")
    monday.delete()
    tuesday.delete()
    labels, seen = job.images("the second epoch")
    called = f"the second epoch of {job.called}"
    expect.same(labels, monday.labels + tuesday.labels, called=f"labels of {called}")
    want = np.concatenate([monday.pixels, tuesday.pixels]).reshape(-1, 16, 16, 3)
    expect.value(seen, want, called=f"images of {called}, by label", tolerance=0)


def test_second_job_reads_no_image_file(monkeypatch):
    """A second job reads no image file.

    Another process knows the same folder and the same name, and nothing else: no object, no
    process number, nothing that Python draws anew when it starts.
    """
    images = Images(Path("images"))
    Job(images.paths, Path("caches")).epoch("the first job's epoch")
    images.delete()
    number = os.getpid() + 1
    monkeypatch.setattr(os, "getpid", lambda: number)
    # Python's hash of a string is another number in every process.
    monkeypatch.setattr("katas.q04.big_data.hash", lambda x: hash(("anew", x)), raising=False)
    random.seed(1)
    np.random.seed(1)
    tf.random.set_seed(1)
    job = Job(images.paths, Path("caches"))
    seen = in_order(job.epoch("a second job's epoch"))
    expect.same(seen, images.labels, called=f"labels of a second job of {job.called}")


def test_cached_epochs_are_random_anew():
    """Every epoch from the files is augmented and shuffled anew.

    A cache keeps its elements as they came and in the order in which they came. The shuffle
    buffer decides which of them can come first, and how many are in memory.
    """
    paths, caches = Images(Path("images")).paths, Path("caches")
    job = Job(paths, caches)
    counts, mixed = [], []
    for _ in range(3):
        before = job.augmented
        mixed.append({frozenset(batch) for batch in job.epoch()})
        counts.append(job.augmented - before)
    called = f"calls of augment in three epochs of {IMAGES} images"
    expect.same(counts, [IMAGES] * 3, called=called)
    expect.that(
        not mixed[0] == mixed[1] == mixed[2],
        called="the sets of images that form a batch, in three epochs",
        expected="other sets in every epoch",
        seen="the same sets in all three",
    )
    first = job.first_images(60)
    expect.that(
        len(first) > IMAGES - 2,
        called=f"the first image of 60 epochs, with {IMAGES} images and a buffer of {IMAGES}",
        expected="any of the images",
        seen=f"only images from {sorted(first)}",
    )
    first = Job(paths, caches, buffer=2).first_images(60)
    expect.that(
        len(first) <= 2 + BATCH,  # in a pipeline that may swap batches, 2 is not quite the end
        called=f"the first image of 60 epochs, with {IMAGES} images and a buffer of 2",
        expected="the same few images, those that are in the buffer first",
        seen=f"{len(first)} different images",
    )


def test_pass_that_ended_early_is_not_trusted():
    """A first pass that ended early is not taken for a whole one.

    Somebody looks at one batch before the training starts. What is written by then is not the
    data set, and the job that comes next must not believe that it is.
    """
    images, caches = Images(Path("images"), count=80), Path("caches")
    job = Job(images.paths, caches, buffer=2)
    job.batches(job.dataset.take(1), "a look at the first batch")
    job = Job(images.paths, caches, buffer=2)
    for which in ("the epoch after a look at one batch", "the epoch after that"):
        seen = len(in_order(job.epoch(which)))
        expect.same(seen, 80, called=f"number of images in {which}")


def test_names_keep_caches_apart():
    """A cache serves its own name only, `forget` deletes it only.

    A cache serves what it holds, whoever asks: a model that validates on its training images
    looks splendid. Names that begin alike are the rule, and tf.data adds endings of its own.
    """
    caches, part, images = Path("caches"), Images(Path("part")), Images(Path("images"), 40)
    Job(part.paths, caches, "train_0").epoch()
    job = Job(images.paths, caches, "train")
    seen = in_order(job.epoch("after a job with 'train_0', an epoch"))
    expect.same(seen, images.labels, called=f"labels of {job.called}, after a job with 'train_0'")
    with expect.works("forget(cache_dir, 'train')"):
        forget(caches, "train")
    part.delete()
    job = Job(part.paths, caches, "train_0")
    seen = in_order(job.epoch("after forget(cache_dir, 'train'), an epoch"))
    expect.same(seen, part.labels, called=f"labels of {job.called} after forget of 'train'")


def test_forget_makes_the_next_epoch_decode():
    """After `forget` the next job decodes anew; it needs no cache.

    No cache knows what it was made from. Somebody has to say that it is out of date.
    """
    images, caches = Images(Path("images")), Path("caches")
    with expect.works("forget(cache_dir, 'train') when there is no cache yet"):
        forget(caches, "train")
    Job(images.paths, caches).epoch()
    images.write(60)
    with expect.works("forget(cache_dir, 'train')"):
        forget(caches, "train")
    job = Job(images.paths, caches)
    called = f"labels of {job.called} after forget(cache_dir, 'train') and with new images"
    expect.same(in_order(job.epoch()), images.labels, called=called)


def test_forget_clears_what_a_killed_job_left():
    """`forget` clears what a job left that was killed in its first pass.

    A job that writes a cache says so with a file, so that no other joins in. Killed jobs do
    not clean up.
    """
    caches, copy = Path("caches").absolute(), Path("copy").absolute()
    images = Images(Path("images"))

    def spy(image):
        if not copy.exists() and caches.exists():
            with contextlib.suppress(shutil.Error):  # a file that was renamed meanwhile
                shutil.copytree(caches, copy)  # what lies there when the last image is decoded
        return image

    def decode_and_look(path):
        image, label = decode(path)
        last = tf.strings.regex_full_match(path, f".*{images.files[-1].name}")
        image = tf.cond(last, lambda: tf.numpy_function(spy, [image], tf.float32), lambda: image)
        return tf.ensure_shape(image, (16, 16, 3)), label

    Job(images.paths, caches, decode=decode_and_look).epoch("an epoch that will be cut short")
    shutil.rmtree(caches, ignore_errors=True)
    if copy.exists():
        shutil.copytree(copy, caches)
    with expect.works("forget(cache_dir, 'train') after a job was killed"):
        forget(caches, "train")
    images.write(20)
    job = Job(images.paths, caches)
    seen = in_order(job.epoch("after a job was killed and forget(cache_dir, 'train'), an epoch"))
    expect.same(seen, images.labels, called=f"labels of {job.called}")
