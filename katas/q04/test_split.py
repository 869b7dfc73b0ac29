"""The same fleet is split today, next year, in another process and on another machine."""

import itertools
import random

import numpy as np
import tensorflow as tf

from dojo import expect
from katas.q04.split import split


def fleet(drives=60, frames=3, root="/mnt/fleet/"):
    """The paths of some drives: /mnt/fleet/drive_7/2.png, /mnt/fleet/ie-tour/0.png."""
    return [f"{root}{name(drive)}/{i}.png" for drive in range(drives) for i in range(frames)]


def name(drive):
    """Of three drives, two have numbers, and one has letters."""
    letters = str(drive).translate(str.maketrans("0123456789", "abcdefghij"))
    return f"drive_{drive}" if drive % 3 else f"{letters}-tour"


def both_sides(paths, share=0.3, called=None):
    """The two datasets of the learner."""
    called = called or f"split({len(paths)} paths, {share})"
    with expect.works(called):
        result = split(list(paths), share)
    ok = isinstance(result, (tuple, list)) and len(result) == 2
    ok = ok and all(isinstance(side, tf.data.Dataset) for side in result)
    expect.that(ok, called=called, expected="two tf.data.Datasets", seen=type(result).__name__)
    specs = [str(side.element_spec) for side in result]
    called = f"element_spec of both sides of {called}"
    expect.same(specs, [str(tf.TensorSpec((), tf.string))] * 2, called=called)
    return result


def epoch(side):
    """The paths of one pass over a dataset."""
    with expect.works("a pass over a side of the split"):
        batches = side.batch(1000).take(10).as_numpy_iterator()
        return [path.decode() for batch in batches for path in batch.tolist()]


def held_out(paths, share=0.3, called=None):
    """The frames that are for validation, as "drive_7/2.png"."""
    _, validation = both_sides(paths, share, called)
    return {short(path) for path in epoch(validation)}


def short(path):
    return "/".join(path.split("/")[-2:])


def some(paths):
    """A few of many, for a message."""
    listed = sorted(paths)
    return ", ".join(listed[:3]) + (f", and {len(listed) - 3} more" if len(listed) > 3 else "")


def none_moved(before, now, called):
    moved = before ^ now
    expect.that(
        not moved,
        called=called,
        expected="every frame on the side where it was",
        seen=f"on the other side: {some(moved)}",
    )


def test_every_path_is_on_one_side_in_every_epoch():
    """Every path is on exactly one side, in every epoch.

    A validation image that was trained on in one epoch is no validation image any more.
    """
    paths = fleet(drives=1000, frames=1)
    training, validation = both_sides(paths)
    trained, validated, counts = set(), set(), []
    for _ in range(3):
        now = epoch(training), epoch(validation)
        counts.append(len(now[0]) + len(now[1]))
        trained.update(now[0])
        validated.update(now[1])
    called = "split(1000 paths, 0.3), three epochs of both sides"
    expect.that(
        not trained & validated,
        called=called,
        expected="no path on both sides",
        seen=f"on both: {some(map(short, trained & validated))}",
    )
    lost = set(paths) - trained - validated
    expect.that(
        not lost,
        called=called,
        expected="every path",
        seen=f"on neither side: {some(map(short, lost))}",
    )
    expect.same(counts, [1000] * 3, called=f"number of paths in {called}")


def test_drives_stay_together():
    """All frames of a drive are on the same side.

    Two frames that were taken a blink apart are nearly one image. A model that has seen the
    one is not tested by the other.
    """
    training, validation = both_sides(fleet(frames=5))
    drives = [{path.split("/")[-2] for path in epoch(side)} for side in (training, validation)]
    torn = drives[0] & drives[1]
    expect.that(
        not torn,
        called="split of 60 drives with 5 frames each",
        expected="every drive on one side",
        seen=f"on both: {some(torn)}",
    )


def test_new_drives_move_nobody():
    """New drives and new frames move no old frame to the other side.

    The fleet drives on while you work. An image that was trained on last week must not be a
    validation image this week: the model may still know it.
    """
    old = fleet(drives=300, frames=2)
    before = held_out(old)
    new = set(fleet(drives=900, frames=3)) - set(old)
    now = held_out(old + sorted(new)) & {short(path) for path in old}
    none_moved(before, now, "split of 300 drives, before and after 600 more have come")


def test_share_is_close():
    """Over many drives, validation has about the share asked for.

    Per drive it is a draw, over thousands of drives it is a share.
    """
    paths = fleet(drives=3000, frames=1)
    for share in (0.05, 0.25):
        seen = len(held_out(paths, share)) / len(paths)
        expect.that(
            abs(seen - share) < 0.04,
            called=f"validation share of split(3000 drives, {share})",
            expected=f"{share}, give or take 0.04",
            seen=f"{seen:.3f}",
        )


def test_another_process_splits_alike(monkeypatch):
    """Another process splits in the same way.

    Whatever Python, NumPy or TensorFlow draw anew when a process starts is another number
    tomorrow.
    """
    paths = fleet()
    before = held_out(paths)
    # Everything that a process draws when it starts is drawn again.
    monkeypatch.setattr("katas.q04.split.hash", lambda x: hash(("anew", x)), raising=False)
    random.seed(1)
    np.random.seed(1)
    tf.random.set_seed(1)
    now = held_out(paths)
    expect.that(
        now == before,
        called="split of the same paths, in this process and in another one",
        expected="every frame on the side where it was",
        seen="some on the other side",
    )


def test_another_machine_splits_alike():
    """Another machine splits alike: other folders above, another order.

    Where a disk is mounted, from where its paths are counted and how a file system lists its
    folders are no properties of a frame.
    """
    before = held_out(fleet())
    for root in ("/media/drive_1/", ""):
        elsewhere = fleet(root=root)
        random.Random(3).shuffle(elsewhere)
        called = f"split of the same frames in another order, as {root}drive_7/1.png"
        none_moved(before, held_out(elsewhere, called=called), called)


def test_only_training_is_shuffled():
    """Training is in a new order in every epoch, validation is not.

    Shuffling makes gradients noisy in a helpful way; it does nothing for an average over all
    validation images.
    """
    paths = fleet()
    training, validation = both_sides(paths)
    orders = [epoch(training) for _ in range(3)]
    expect.that(
        not orders[0] == orders[1] == orders[2],
        called="three epochs of training",
        expected="a new order in every epoch",
        seen="the same order in all three",
    )
    orders = [epoch(validation) for _ in range(3)]
    expect.that(
        orders[0] == orders[1] == orders[2],
        called="three epochs of validation",
        expected="the same order in every epoch",
        seen="other orders",
    )
    paths = fleet(frames=400)
    training, _ = both_sides(paths)
    called = f"the first 100 paths of training, of split({len(paths)} paths, 0.3)"
    first, second = (epoch(training.take(100)) for _ in range(2))
    expect.that(
        bool(set(first) & set(paths[-len(paths) // 3 :])),
        called=called,
        expected="paths from all over the list",
        seen="none from the last third of the list",
        idea="An epoch begins with what is in the shuffle buffer.",
    )
    both = len(set(first) & set(second))
    expect.that(
        both < 30,
        called=f"{called}, in two epochs",
        expected="hardly any in both",
        seen=f"{both} in both",
        idea="An order that is drawn once, when the dataset is built, stays for all epochs.",
    )
    near = sum(one.split("/")[-2] == two.split("/")[-2] for one, two in itertools.pairwise(first))
    expect.that(
        near < 50,
        called=f"{called}: how many come right after another one of their drive",
        expected="hardly any",
        seen=f"{near} of 99",
        idea="Frames of one drive look alike. A batch of them is a batch of one image.",
    )
