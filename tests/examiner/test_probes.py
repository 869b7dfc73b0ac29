"""The hidden checks: right answers pass, known wrong ones do not, and nothing from the jail is
believed unread."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dojo.catalogue import Catalogue
from examiner import jail, tree
from examiner.inside.plain import NotPlainError, plain, value_of
from examiner.model import ProbeResult
from examiner.probes import Probe, Question, all_probes, decide, difference
from examiner.session import Session
from examiner.submission import Submission

ROOT = Path(__file__).parents[2]
KATAS = Catalogue(ROOT).katas
SEEDS = (1, 2)
TOLERANCE = 1e-4

# A known wrong answer that the probe finds out, by kata and stub.
REJECTS = {
    ("q01", "loops"): "interest_in_float32",
    ("q01", "port_session"): "without_the_scaler",
    ("q02", "diagnose"): "one_file",
    ("q03", "affinity"): "swapped",
    ("q03", "train_recommender"): "summed_over_the_batch",
    ("q04", "from_directory"): "nearest_neighbour",
    ("q05", "transfer"): "trunk_without_statistics",
    ("q06", "returns"): "discounts_the_past",
    ("q06", "pitfalls"): "limit_as_constant",
    ("q07", "server_config"): "one_label",
    ("q07", "signatures"): "only_rows_are_prepared",
    ("q08", "plan"): "mixed_is_half",
    ("q08", "mirrored"): "mean_of_own_rows",
    ("q09", "running_total"): "distances_have_no_sign",
    ("q09", "counter"): "variable_of_the_module",
    ("q10", "losses"): "half_of_the_sum",
    ("q10", "training_loop"): "mean_over_the_batches",
    ("q11", "twins"): "squared_distance",
    ("q11", "settle"): "always_one_step",
    ("q12", "gpu_gaps"): "streams_summed_up",
}

PROBES = pytest.mark.parametrize(
    "probe", all_probes(), ids=lambda probe: f"{probe.kata}-{probe.stub}-{probe.name}"
)
needs_a_jail = pytest.mark.skipif(jail.works() is not None, reason=str(jail.works()))


class Bench:
    """A jail, and the folder of answers in it, which can be changed from here at any time."""

    def __init__(self, folder: Path, locked: jail.Jail):
        self.answers, self.jail = folder / tree.ANSWERS, locked

    def ask(self, probe: Probe, source: str, seed: int) -> ProbeResult:
        """What comes of the probe for this text of the stub."""
        tree.put(self.answers / probe.kata / f"{probe.stub}.py", source.encode())
        session = Session(self.jail, ROOT, seed)
        session.probe(0, probe)
        return session.answered[probe.kata, probe.stub][-1]


@contextmanager
def a_bench(folder: Path, seconds: float | None = None) -> Iterator[Bench]:
    """A bench on which a probe may take so many seconds, if they are given."""
    tree.build(folder, ROOT, KATAS, Submission("probed"))
    (folder / tree.ANSWERS).mkdir()
    if seconds is not None:
        with (folder / "examiner/inside/lane.py").open("a", encoding="utf-8") as lane:
            lane.write(f"\nPROBE_SECONDS = {seconds}\n")
    with jail.Jail(folder, 1) as locked:
        yield Bench(folder, locked)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with a_bench(tmp_path_factory.mktemp("tree")) as made:
        yield made


def probe_of(kata: str, stub: str) -> Probe:
    return next(probe for probe in all_probes() if (probe.kata, probe.stub) == (kata, stub))


@pytest.mark.parametrize("kata", KATAS)
def test_every_kata_has_a_probe(kata: str) -> None:
    """No kata does without a hidden check, and each check is of a stub that there is."""
    stubs = [probe.stub for probe in all_probes() if probe.kata == kata]
    assert stubs
    assert set(stubs) <= {stub.id for stub in KATAS[kata].stubs}


@PROBES
def test_a_probe_says_what_it_checks(probe: Probe) -> None:
    """The reader of a report gets a sentence, and a known mistake stands for what it is worth."""
    assert probe.sentence.endswith(".")
    assert (probe.kata, probe.stub) in REJECTS


@PROBES
def test_the_same_seed_gives_the_same_question(probe: Probe) -> None:
    """A grading can be repeated, and another seed asks for other numbers."""
    first, again, other = (plain_question(probe, seed) for seed in (3, 3, 4))
    assert first == again
    assert first["inputs"] != other["inputs"]
    assert first["expected"] != other["expected"]


@PROBES
def test_what_is_expected_can_come_out_of_the_jail(probe: Probe) -> None:
    """For many seeds: the expected values, sent as an answer would be, are found right."""
    for seed in range(30):
        question = probe.ask(np.random.default_rng(seed))
        assert not difference(value_of(plain(question.expected)), question.expected, 1e-9)


def plain_question(probe: Probe, seed: int) -> dict[str, Any]:
    question = probe.ask(np.random.default_rng(seed))
    return {"inputs": plain(question.inputs), "expected": plain(question.expected)}


@needs_a_jail
@pytest.mark.timeout(120)
@PROBES
def test_the_solution_passes(bench: Bench, probe: Probe) -> None:
    """The published solution gives what NumPy says, for every seed."""
    source = (ROOT / "solutions" / probe.kata / f"{probe.stub}.py").read_text(encoding="utf-8")
    for seed in SEEDS:
        result = bench.ask(probe, source, seed)
        assert result == ProbeResult(probe.sentence, True), result.seen


@needs_a_jail
@pytest.mark.timeout(120)
@PROBES
def test_a_known_mistake_fails(bench: Bench, probe: Probe) -> None:
    """A wrong answer of the graders' collection does not get through, and it is said why."""
    reject = REJECTS[probe.kata, probe.stub]
    folder = ROOT / "tests/graders" / probe.kata / probe.stub / "rejects"
    result = bench.ask(probe, (folder / f"{reject}.py").read_text(encoding="utf-8"), SEEDS[0])
    assert not result.passed
    assert result.seen


@needs_a_jail
@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("raise OSError('no luck')", "OSError: no luck"),
        (
            "def idle_share(trace):\n    return {}['dur']\nbusiest_in_gaps = idle_share",
            "KeyError: 'dur'",
        ),
        ("import sys\nsys.exit()", "it ends the program"),
        ("import os\nos._exit(0)", "the whole process ended"),
        (
            "def idle_share(trace):\n    return 0.5\n"
            "def busiest_in_gaps(trace):\n    return 'save', float('nan')",
            "0.5 for ",
        ),
        (
            "import examiner.inside.lane as lane\nlane.plain = lambda value: {'array': 'all'}\n"
            "idle_share = lambda trace: 0\nbusiest_in_gaps = lambda trace: ('', 0)",
            "the answer cannot be read: it is no plain data",
        ),
        (
            "import examiner.inside.lane as lane\nlane.plain = lambda value: []\n"
            "idle_share = lambda trace: 0\nbusiest_in_gaps = lambda trace: ('', 0)",
            "not 7 values",
        ),
    ],
)
def test_what_goes_wrong_is_said(bench: Bench, source: str, words: str) -> None:
    """A stub that raises, ends the process or lies has failed, in words."""
    result = bench.ask(probe_of("q12", "gpu_gaps"), source, seed=1)
    assert not result.passed
    assert result.seen
    assert words in result.seen


@needs_a_jail
@pytest.mark.timeout(120)
def test_a_stub_that_hangs_is_given_up(tmp_path: Path) -> None:
    """A stub that does not end has failed, and the next probe is answered all the same."""
    probe = probe_of("q08", "plan")
    with a_bench(tmp_path, seconds=3.0) as bench:
        result = bench.ask(probe, "while True:\n    pass", seed=1)
        assert result == ProbeResult(probe.sentence, False, "no end within 3 s")
        solution = (ROOT / "solutions/q08/plan.py").read_text(encoding="utf-8")
        assert "no end" not in bench.ask(probe, solution, seed=1).seen


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"error": "ValueError: \x1b[31mred"}, "ValueError: red"),
        ({"value": {"array": ["float32", [-1], ""]}}, "the answer cannot be read"),
        ({"value": {"array": ["float32", [0, 10**30], ""]}}, "the answer cannot be read"),
        ({"value": [[1], [1, 2]]}, "list for float64"),
        ({"value": True}, "bool for float64"),
        ({}, "NoneType for float64"),
    ],
)
def test_the_examiner_survives_any_answer(answer: dict[str, Any], words: str) -> None:
    """Whatever comes from the jail is a wrong answer at the worst."""
    result = decide(probe_of("q12", "gpu_gaps"), Question({}, 1.0), answer)
    assert not result.passed
    assert words in result.seen


@pytest.mark.parametrize(
    ("found", "expected", "wrong"),
    [
        (np.float32([1, 2]), np.float32([1, 2 + 1e-5]), ""),
        (np.float64([1, 2]), np.float32([1, 2]), ""),
        (np.float32([1, 2.5]), np.float32([1, 2]), "2.5 for 2.0 at (1,), and 0 more"),
        (np.int32([1, 2]), np.float32([1, 2]), "int32 for float32"),
        (np.int32([1, 2]), np.int64([1, 2]), ""),
        (np.uint8([1, 2]), np.int64([1, 2]), "uint8 for int64"),
        (np.float32([[9, 9]]), np.float32([1, 2]), "shape (1, 2) for (2,)"),
        (np.float32([]), np.float32([]), ""),
        (np.array(2.0), np.array(1.0), "2.0 for 1.0 at (), and 0 more"),
        (np.array(math.nan), np.array(math.nan), ""),
        (np.array(math.nan), np.array(0.0), "nan for 0.0 at (), and 0 more"),
        (np.array(math.inf), np.array(-math.inf), "inf for -inf at (), and 0 more"),
        ([1.0], np.float32([1]), "list for float32"),
        (1.0, 1.0 + 1e-6, ""),
        (np.array(1.0, np.float32), 1.0, ""),
        (1, 1.0, "int for float64"),
        (math.nan, 1.0, "nan for 1.0 at (), and 0 more"),
        (1, 1, ""),
        (True, 1, "True for 1"),
        (1.0, 1, "1.0 for 1"),
        ("a", "b", "'a' for 'b'"),
        ([1, 2], [1, 2], ""),
        ([1, 2], [1, 3], "2 for 3"),
        ([1, 2], [1], "not 1 values"),
        ("ab", ["a", "b"], "not 2 values"),
        ({"b": 2, "a": 1}, {"a": 1, "b": 2}, ""),
        ({"a": 1}, {"a": 1, "b": 2}, "not the entries a, b"),
        ({"a": 2}, {"a": 1}, "2 for 1"),
        (None, {}, "not the entries "),
    ],
)
def test_differences_are_said_in_words(found: Any, expected: Any, wrong: str) -> None:
    """Types come first, then shapes, then values: the first thing that is wrong is named."""
    assert difference(found, expected, TOLERANCE) == wrong


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        -3,
        "text",
        "",
        0.1,
        math.inf,
        [],
        [1, ["a", [2.5]]],
        {"a": {"b": [1, None]}, "dict": 1, "array": "x"},
        np.zeros((0, 3), np.float32),
        np.float64(0.25),
        np.arange(6).reshape(2, 3).T,
        np.array([True, False]),
        np.arange(3, dtype=np.uint8),
        np.arange(3, dtype=">f4"),
        np.float16([math.nan, -math.inf]),
    ],
    ids=repr,
)
def test_plain_data_crosses_the_wall(value: Any) -> None:
    """Texts, numbers, lists, dicts and arrays are the same on the other side."""
    back = value_of(plain(value))
    if not isinstance(value, (np.ndarray, np.generic)):
        assert type(back) is type(value)
        assert back == value
        return
    assert (back.shape, back.dtype) == (value.shape, value.dtype.newbyteorder("="))
    np.testing.assert_array_equal(back, value)


def test_nan_crosses_the_wall() -> None:
    """JSON has no NaN, and a loss that is NaN has to be reported as such."""
    assert math.isnan(value_of(plain(math.nan)))


def test_a_tuple_becomes_a_list() -> None:
    """Whether a value was a tuple or a list is not told."""
    assert value_of(plain((1, (2, "a")))) == [1, [2, "a"]]


@pytest.mark.parametrize("value", [object(), np.array(["a"]), {1, 2}, b"bytes", 1j, [print]])
def test_what_is_not_plain_stays_inside(value: Any) -> None:
    """Objects, bytes and arrays of anything but numbers do not cross."""
    with pytest.raises(NotPlainError):
        plain(value)


@pytest.mark.parametrize(
    "data",
    [
        1.5,
        {},
        {"a": 1},
        {"float": 1},
        {"float": "one"},
        {"dict": []},
        {"dict": {"a": 1.5}},
        {"array": []},
        {"array": ["object", [1], ""]},
        {"array": ["float32", [1], "AAAA"]},
        {"array": ["float32", [1], "äöü"]},
        {"array": ["float32", [1], "!!!!"]},
        {"array": ["float32", [-1], ""]},
        {"array": ["float32", [1.0], "AAAAAA=="]},
        {"array": ["float32", [True], "AAAAAA=="]},
        {"array": ["float32", [0] * 9, ""]},
        {"array": ["float32", [0, 1 << 62, 8], ""]},
        {"array": ["float32", [0, 10**30], ""]},
        [[[[[[[[[[[[1]]]]]]]]]]]],
    ],
    ids=repr,
)
def test_malformed_data_is_refused(data: Any) -> None:
    """What the other side did not write with `plain` is not read at all."""
    with pytest.raises(NotPlainError):
        value_of(data)
