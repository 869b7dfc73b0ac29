"""Images are deleted or replaced between the passes, to see who still reads them."""

import contextlib
import os
import re
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
import tensorflow as tf

from dojo import expect
from katas.q04.big_data import forget, train_dataset
from lab import another_process

IMAGES, BATCH = 10, 4
LARGE = 2**30 + 1
PIXELS = 16 * 16 * 3
CALL = "train_dataset(paths, decode, augment, 4, {}, cache_dir, {!r})"

DELETED = "Somebody has deleted the files of a cache that was being written."
NO_FOLDER = "`Dataset.cache` makes files, and no folders."
IN_THE_WAY = (
    "`Dataset.cache` writes a cache NAME to files NAME_0 first. It refuses where a lockfile says "
    "that another job writes, or where such files lie."
)


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
    return tf.cast(image[:9] * 255, tf.uint8), tf.cast(label, tf.int32) - LARGE


class Job:
    """A dataset as a training job makes it. It counts the augmented images."""

    def __init__(self, paths, cache_dir: Path, name="train", decode=decode, buffer=IMAGES):
        self.called = CALL.format(buffer, name)
        self.augmented, self.brighter = 0, 0
        self.lock = threading.Lock()  # parallel stages run Python in several threads
        with expect.works(self.called):
            self.dataset = train_dataset(
                list(paths), decode, self.augment, BATCH, buffer, cache_dir, name
            )
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

    def augment(self, image, label):
        changed = tf.numpy_function(self.change, [image], image.dtype)
        return tf.ensure_shape(changed, image.shape), label

    def change(self, image):
        with self.lock:
            self.augmented += 1
        return image + self.brighter

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
                told = {"seen": reason(error), "idea": why_not_found(error.message)}
                expect.that(False, called=called, expected="no error", **told)
            seen = "a read of an image file, which is gone"
            expect.that(False, called=called, expected="images from the files", seen=seen)
        except tf.errors.AlreadyExistsError as error:
            seen = f"AlreadyExistsError: {', '.join(caches_in(error.message))} is in the way"
            expect.that(False, called=called, expected="no error", seen=seen, idea=IN_THE_WAY)
        except tf.errors.OpError as error:
            expect.that(False, called=called, expected="no error", seen=reason(error), idea="")
        return batches


def caches_in(message: str) -> list[str]:
    """The files that tf.data names when it refuses to write a cache."""
    found = re.findall(r"[^\s']+\.(?:lockfile|index)", message)
    return sorted({Path(file).name for file in found})


def why_not_found(message: str) -> str:
    """The idea behind a file that is gone; none if it is no file of a cache."""
    if lock := re.search(r"([^\s']*?)/?[^/\s']+\.lockfile", message):
        return DELETED if Path(lock[1]).exists() else NO_FOLDER
    return DELETED if "tempstate" in message else ""


def reason(error: tf.errors.OpError) -> str:
    """What happened, without the names of ops and of temporary folders."""
    text = error.message.splitlines()[0].split("}} ")[-1].split(" [")[0].split(" ('")[0]
    words = (Path(word).name if os.sep in word else word for word in text.split())
    said = re.sub(r"(tempstate)\d+", r"\1", " ".join(words))
    return f"{type(error).__name__}: {said}"


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
    batches = job.epoch()
    sizes = [len(batch) for batch in batches]
    expect.same(sizes, [4, 4, 2], called=f"batch sizes of an epoch of {job.called}")
    expect.same(in_order(batches), images.labels, called=f"labels of {job.called}")
    size, decoded = sum(files_in(cache_dir).values()), 4 * PIXELS * IMAGES
    expect.that(
        size > decoded / 2,
        called=f"files in cache_dir after an epoch of {job.called}",
        expected=f"about {decoded} bytes, which is what the images decode to",
        seen=f"{size} bytes",
    )


def test_second_epoch_reads_no_image_file():
    """The second epoch has exactly what `decode` gave, and reads no image file.

    The first epoch has paid for decoding. All later ones live on that, and learn from the same
    data, to the last bit.
    """
    images = Images(Path("images"))
    job = Job(images.paths, Path("caches"))
    job.epoch("the first epoch")
    images.delete()
    labels, seen = job.images("the second epoch")
    called = f"the second epoch of {job.called}"
    expect.same(labels, images.labels, called=f"labels of {called}")
    want = images.pixels.reshape(-1, 16, 16, 3)
    expect.value(seen, want, called=f"images of {called}, by label", tolerance=0)


def test_second_job_reads_no_image_file(monkeypatch):
    """A second job reads no image file.

    Another process knows the same folder and the same name, and nothing else. Objects, the number
    of the process and all that Python draws at its start are others.
    """
    images = Images(Path("images"))
    Job(images.paths, Path("caches")).epoch("the first job's epoch")
    images.delete()
    again = another_process.started("katas.q04.big_data", monkeypatch)
    monkeypatch.setitem(globals(), "train_dataset", again.train_dataset)
    job = Job(images.paths, Path("caches"))
    seen = in_order(job.epoch("a second job's epoch"))
    expect.same(seen, images.labels, called=f"labels of a second job of {job.called}")


def test_cached_epochs_are_augmented_anew():
    """Every epoch from the files augments every image anew.

    A cache keeps the random numbers that were drawn before it.
    """
    job = Job(Images(Path("images")).paths, Path("caches"))
    counts = []
    for _ in range(3):
        before = job.augmented
        job.epoch()
        counts.append(job.augmented - before)
    called = f"calls of augment in three epochs of {IMAGES} images"
    expect.same(counts, [IMAGES] * 3, called=called)
    job.brighter = np.float32(1)
    epoch = job.batches(job.dataset.take(100), "an epoch")
    unchanged = [labels for images, labels in epoch if images.min() < 1]
    called = "images of an epoch that come as they were before augment"
    idea = "A stage changes nothing in place. The next stage has what it returns."
    expect.same(sum(map(len, unchanged)), 0, called=called, idea=idea)


def test_cached_epochs_are_shuffled_anew():
    """Every epoch from the files is shuffled anew, in a buffer of `shuffle_buffer`.

    A cache keeps the order in which its elements came. The buffer decides which of them can come
    first, and how many are in memory.
    """
    paths, caches = Images(Path("images")).paths, Path("caches")
    job = Job(paths, caches)
    mixed = [{frozenset(batch) for batch in job.epoch()} for _ in range(3)]
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


def test_names_keep_caches_apart():
    """A cache serves its own name only, and `forget` deletes that cache only.

    A cache serves its elements to every job that uses its files. A model that validates on its
    training images looks splendid.
    """
    caches, held_out, images = Path("caches"), Images(Path("held_out")), Images(Path("images"), 40)
    only_its_own(caches, {"validation": held_out}, "train", images)


@pytest.mark.beyond
def test_names_that_begin_or_end_alike():
    """Names that begin or end alike keep their caches apart, too.

    Such names are the rule, and tf.data adds endings of its own.
    """
    others = {name: Images(Path(f"for_{name}"), 20) for name in ("train_0", "train2", "retrain")}
    only_its_own(Path("caches"), others, "train", Images(Path("images"), 60))


def only_its_own(caches, others, name, images):
    """The caches of other names are filled first, and are still there after one of `name`."""
    for other, its_images in others.items():
        Job(its_images.paths, caches, other).epoch()
    beside = f"beside {', '.join(map(repr, others))}"
    job = Job(images.paths, caches, name)
    seen = in_order(job.epoch(f"{beside}, an epoch"))
    expect.same(seen, images.labels, called=f"labels of {job.called}, {beside}")
    with expect.works(f"forget(cache_dir, {name!r})"):
        forget(caches, name)
    for other, its_images in others.items():
        its_images.delete()
        job = Job(its_images.paths, caches, other)
        seen = in_order(job.epoch(f"after forget(cache_dir, {name!r}), an epoch"))
        expect.same(seen, its_images.labels, called=f"labels of {job.called} after that")


def test_forget_makes_the_next_epoch_decode():
    """After `forget` the next job decodes the images anew.

    No cache knows what it was made from. Somebody has to say that it is out of date.
    """
    images, caches = Images(Path("images")), Path("caches")
    Job(images.paths, caches).epoch()
    images.write(60)
    with expect.works("forget(cache_dir, 'train')"):
        forget(caches, "train")
    job = Job(images.paths, caches)
    called = f"labels of {job.called} after forget(cache_dir, 'train') and with new images"
    expect.same(in_order(job.epoch()), images.labels, called=called)


@pytest.mark.beyond
def test_forget_without_a_cache():
    """Without a cache or a folder, `forget` does nothing.

    A script that starts afresh calls it before the first job.
    """
    with expect.works("forget(cache_dir, 'train') when there is no cache_dir"):
        forget(Path("caches"), "train")
    Path("caches").mkdir()
    with expect.works("forget(cache_dir, 'train') when cache_dir is empty"):
        forget(Path("caches"), "train")


@pytest.mark.beyond
def test_any_shape_and_dtype():
    """Images and labels of other shapes and dtypes come back as they were.

    Pixels are bytes or floats, and labels are numbers of any kind.
    """
    images, caches = Images(Path("images"), count=8), Path("caches")
    for decoder, name, want in (
        (decode_to_bytes, "bytes", ["uint8 (None, 9, 16, 3)", "int32 (None,)"]),
        (decode, "floats", ["float32 (None, 16, 16, 3)", "int64 (None,)"]),
    ):
        job = Job(images.paths, caches, name, decoder)
        spec = tf.nest.flatten(job.dataset.element_spec)
        seen = [f"{part.dtype.name} {part.shape}" for part in spec]
        expect.same(seen, want, called=f"element_spec of {job.called}")
    job = Job(images.paths, caches, "bytes", decode_to_bytes)
    job.epoch("the first epoch")
    labels, seen = job.images("the second epoch")
    called = f"the second epoch of {job.called}"
    expect.same(labels, [label - LARGE for label in images.labels], called=f"labels of {called}")
    want = (images.pixels.reshape(-1, 16, 16, 3)[:, :9] * 255).astype(np.uint8)
    expect.value(seen, want, called=f"images of {called}", dtype="uint8")


@pytest.mark.beyond
def test_two_image_files_of_one_name():
    """Image files of the same name in two folders are two images.

    Cameras number their images: each of two folders has a 00.raw here.
    """
    monday, tuesday = Images(Path("monday"), count=5), Images(Path("tuesday"), 40, count=5)
    job = Job(monday.paths + tuesday.paths, Path("caches"))
    for which in ("the first epoch", "the second epoch"):
        seen = in_order(job.epoch(which))
        want = monday.labels + tuesday.labels
        expect.same(seen, want, called=f"labels of {which} of {job.called}")


@pytest.mark.beyond
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


class LastImage:
    """A decoder that does something else before it decodes the last image."""

    def __init__(self, last: Path, act):
        self.last, self.act, self.error = last, act, None

    def __call__(self, path):
        last = tf.strings.regex_full_match(path, f".*{self.last.name}")
        image, label = decode(path)
        same = tf.cond(
            last, lambda: tf.numpy_function(self.once, [image], tf.float32), lambda: image
        )
        return tf.ensure_shape(same, image.shape), label

    def once(self, image):
        act, self.act = self.act, None
        if act:
            try:
                act()
            except Exception as error:
                self.error = error
        return image


@pytest.mark.beyond
def test_forget_leaves_alone_what_is_being_written():
    """`forget` leaves alone what another job is writing.

    A cache that is being written has other files than one that is finished.
    """
    caches, images = Path("caches").absolute(), Images(Path("images"))
    Job(Images(Path("part"), 40, count=5).paths, caches, "train").epoch()
    decoder = LastImage(images.files[-1], lambda: forget(caches, "train"))
    job = Job(images.paths, caches, "train_0", decoder)
    called = "an epoch in which another job calls forget(cache_dir, 'train')"
    seen = in_order(job.epoch(called))
    if decoder.error:
        with expect.works("forget(cache_dir, 'train') while a job fills 'train_0'"):
            raise decoder.error
    expect.same(seen, images.labels, called=f"labels of {called}, of {job.called}")
    images.delete()
    seen = in_order(job.epoch("the epoch after that"))
    expect.same(seen, images.labels, called=f"labels of the epoch after that, of {job.called}")


@pytest.mark.beyond
def test_forget_clears_what_a_killed_job_left():
    """`forget` clears what a job left that was killed in its first pass.

    A job that writes a cache says so with a file, so that no other joins in. Killed jobs do
    not clean up.
    """
    caches, copy = Path("caches").absolute(), Path("copy").absolute()
    images = Images(Path("images"))

    def look():
        with contextlib.suppress(OSError):  # no file yet, or one that was renamed meanwhile
            shutil.copytree(caches, copy)

    decoder = LastImage(images.files[-1], look)
    Job(images.paths, caches, decode=decoder).epoch("an epoch that will be cut short")
    shutil.rmtree(caches, ignore_errors=True)
    if copy.exists():
        shutil.copytree(copy, caches)
    with expect.works("forget(cache_dir, 'train') after a job was killed"):
        forget(caches, "train")
    images.write(20)
    job = Job(images.paths, caches)
    seen = in_order(job.epoch("after a job was killed and forget(cache_dir, 'train'), an epoch"))
    expect.same(seen, images.labels, called=f"labels of {job.called}")
