"""Images are deleted or replaced between the passes, to see who still reads them."""

import contextlib
import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q04.big_data import forget, train_dataset

IMAGES, BATCH = 12, 4
PIXELS = 16 * 16 * 3
CALL = "train_dataset(paths, decode, augment, 4, 12, cache_dir, {!r})"


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


class Images:
    """Image files: one float32 for the label, then the pixels, which are noise."""

    def __init__(self, folder: Path, first: int = 0):
        self.folder = folder
        folder.mkdir()
        self.write(first)

    def write(self, first: int):
        noise = np.random.default_rng(first).random((IMAGES, PIXELS), np.float32)
        for i in range(IMAGES):
            self.file(i).write_bytes(np.float32(first + i).tobytes() + noise[i].tobytes())

    def delete(self):
        for i in range(IMAGES):
            self.file(i).unlink()

    def file(self, i: int) -> Path:
        return self.folder / f"{i:02}.raw"

    def paths(self) -> list[str]:
        return [str(self.file(i)) for i in range(IMAGES)]


def decode(path):
    values = tf.io.decode_raw(tf.io.read_file(path), tf.float32)
    image = tf.reshape(tf.ensure_shape(values, (PIXELS + 1,))[1:], (16, 16, 3))
    return image, tf.cast(values[0], tf.int64)


class Job:
    """A dataset as a training job makes it. It counts the augmented images."""

    def __init__(self, images: Images, cache_dir: Path, name="train", decode=decode):
        self.called = CALL.format(name)
        self.augmented = 0
        self.lock = threading.Lock()  # parallel stages run Python in several threads
        with expect.works(self.called):
            self.dataset = train_dataset(
                images.paths(), decode, self.augment, BATCH, IMAGES, cache_dir, name
            )
        expect.that(
            isinstance(self.dataset, tf.data.Dataset),
            called=self.called,
            expected="a tf.data.Dataset",
            seen=type(self.dataset).__name__,
        )

    def augment(self, image, label):
        changed = tf.numpy_function(self.change, [image], tf.float32)
        return tf.ensure_shape(changed, image.shape), label

    def change(self, image):
        with self.lock:
            self.augmented += 1
        return image

    def epoch(self, which="an epoch"):
        """The labels of one pass, batch by batch."""
        called = f"{which} of {self.called}"
        batches = []
        try:
            for _, labels in self.dataset.take(100):
                batches.append(np.asarray(labels).tolist())
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
    """After the first epoch, all decoded images lie in files in `cache_dir`.

    What is kept must outlive the process and must not fill its memory. Only files do both.
    """
    cache_dir = Path("fast-disk/caches")
    job = Job(Images(Path("images")), cache_dir)
    expect.same(in_order(job.epoch()), list(range(IMAGES)), called=f"labels of {job.called}")
    size, decoded = sum(files_in(cache_dir).values()), 4 * PIXELS * IMAGES
    expect.that(
        size > decoded / 2,
        called=f"files in cache_dir after an epoch of {job.called}",
        expected=f"about {decoded} bytes, which is what the images decode to",
        seen=f"{size} bytes",
    )


def test_second_epoch_reads_no_image_file():
    """The second epoch reads no image file.

    The first epoch has paid for decoding. All later ones of the same job live on that.
    """
    images = Images(Path("images"))
    job = Job(images, Path("caches"))
    job.epoch("the first epoch")
    images.delete()
    seen = in_order(job.epoch("the second epoch"))
    expect.same(seen, list(range(IMAGES)), called=f"labels of the second epoch of {job.called}")


def test_second_job_reads_no_image_file(monkeypatch):
    """A second job reads no image file.

    Another process knows the same folder and the same name, and nothing else: no object, no
    process number, nothing that was drawn at random.
    """
    images = Images(Path("images"))
    Job(images, Path("caches")).epoch("the first job's epoch")
    images.delete()
    number = os.getpid() + 1
    monkeypatch.setattr(os, "getpid", lambda: number)
    job = Job(images, Path("caches"))
    seen = in_order(job.epoch("a second job's epoch"))
    expect.same(seen, list(range(IMAGES)), called=f"labels of a second job of {job.called}")


def test_cached_epochs_augment_anew():
    """The cache stands before the augmentation: every epoch augments every image anew.

    Random numbers in the files would be the same in every epoch of every job.
    """
    images = Images(Path("images"))
    job = Job(images, Path("caches"))
    counts = []
    for _ in range(3):
        before = job.augmented
        job.epoch()
        counts.append(job.augmented - before)
    called = f"calls of augment in three epochs of {IMAGES} images"
    expect.same(counts, [IMAGES] * 3, called=called)


def test_cached_epochs_are_shuffled_anew():
    """The cache stands before the shuffle: in every epoch other images form a batch.

    A cache keeps its elements in the order in which they came.
    """
    job = Job(Images(Path("images")), Path("caches"))
    mixed = [{frozenset(batch) for batch in job.epoch()} for _ in range(3)]
    expect.that(
        not mixed[0] == mixed[1] == mixed[2],
        called="the sets of images that form a batch, in three epochs",
        expected="other sets in every epoch",
        seen="the same sets in all three",
    )


def test_names_keep_caches_apart():
    """A cache serves its own name only, and `forget` deletes that cache only.

    A cache serves what it holds, whoever asks: a model that validates on its training images
    looks splendid. Names that begin alike are the rule: train, train_small.
    """
    caches = Path("caches")
    Job(Images(Path("train")), caches).epoch()
    small = Images(Path("train_small"), 40)
    job, want = Job(small, caches, "train_small"), list(range(40, 40 + IMAGES))
    called = f"labels of {job.called}, after a job with 'train'"
    expect.same(in_order(job.epoch()), want, called=called)
    forget(caches, "train")
    small.delete()
    job = Job(small, caches, "train_small")
    seen = in_order(job.epoch("after forget(cache_dir, 'train'), an epoch"))
    expect.same(seen, want, called=f"labels of {job.called} after forget of 'train'")


def test_forget_makes_the_next_epoch_decode():
    """After `forget` the next job decodes the images again; without a cache it does nothing.

    No cache knows what it was made from. Somebody has to say that it is out of date.
    """
    images, caches = Images(Path("images")), Path("caches")
    with expect.works("forget(cache_dir, 'train') when there is no cache yet"):
        forget(caches, "train")
    Job(images, caches).epoch()
    images.write(60)
    with expect.works("forget(cache_dir, 'train')"):
        forget(caches, "train")
    job = Job(images, caches)
    called = f"labels of {job.called} after forget(cache_dir, 'train') and with new images"
    expect.same(in_order(job.epoch()), list(range(60, 60 + IMAGES)), called=called)


def test_forget_clears_what_a_killed_job_left():
    """`forget` makes a new start possible after a job was killed in its first epoch.

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
        last = tf.strings.regex_full_match(path, f".*{images.file(IMAGES - 1).name}")
        image = tf.cond(last, lambda: tf.numpy_function(spy, [image], tf.float32), lambda: image)
        return tf.ensure_shape(image, (16, 16, 3)), label

    Job(images, caches, decode=decode_and_look).epoch("an epoch that will be cut short")
    shutil.rmtree(caches, ignore_errors=True)
    if copy.exists():
        shutil.copytree(copy, caches)
    with expect.works("forget(cache_dir, 'train') after a job was killed"):
        forget(caches, "train")
    images.write(20)
    job = Job(images, caches)
    seen = in_order(job.epoch("after a job was killed and forget(cache_dir, 'train'), an epoch"))
    expect.same(seen, list(range(20, 20 + IMAGES)), called=f"labels of {job.called}")
