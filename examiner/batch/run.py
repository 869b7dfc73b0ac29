"""Grade all submissions in a folder, and go on where an earlier run was interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dojo.catalogue import Catalogue
from examiner.batch.arrivals import Arrival, arrivals, checkout_digest, digest, key_of
from examiner.batch.cluster import on_cluster
from examiner.batch.local import on_this_machine
from examiner.batch.progress import progress
from examiner.batch.store import Store
from examiner.batch.work import Work
from examiner.grade import check_stubs, environment
from examiner.jail import works
from examiner.model import ExaminerError, FaultError
from examiner.submission import Submission, read_submission, shown
from examiner.terms import Terms, cores


def batch(
    folder: Path,
    root: Path,
    store: Store,
    terms: Terms,
    jobs: int | None = None,
    scheduler: str = "",
) -> None:
    """Grade every submission in `folder` that has no result in `store` yet.

    Args:
        root: the examiner's checkout.
        jobs: how many are graded side by side on this machine; by default one for each core.
        scheduler: the address of a Dask scheduler, whose workers grade instead.

    Raises:
        ExaminerError: nothing can be graded at all. What was graded before is kept.
    """
    catalogue = Catalogue(root)
    check_stubs(catalogue, terms.stubs)
    if not scheduler and not terms.unsafe and (reason := works()):
        raise FaultError(reason)
    came = arrivals(folder)
    names, known = {arrival.name for arrival in came}, store.known()
    if known and names.isdisjoint(known):
        raise ExaminerError(f"The results are of another folder than {shown(folder.name)}.")
    store.forget_all_but(names)
    submissions = list(readable(came, catalogue, store))
    jobs = max(1, min(jobs or cores(), len(submissions)))
    terms = replace(terms, lanes=1 if scheduler else max(1, cores() // jobs))
    todo = list(not_done(submissions, root, store, terms))
    if done := len(submissions) - len(todo):
        print(f"{done} of {len(submissions)} were graded before.")
    with progress(len(todo)) as told:
        run = on_cluster(todo, scheduler) if scheduler else on_this_machine(todo, jobs)
        for work, outcome in run:
            store.put(work.submission.name, work.key, outcome.word, outcome.text)
            told.advance(work.submission.name, outcome.word)


def readable(came: list[Arrival], catalogue: Catalogue, store: Store) -> Iterator[Submission]:
    """The submissions that can be read; of the others, the reason is stored."""
    for arrival in came:
        try:
            submission = read_submission(arrival.path, catalogue)
        except ExaminerError as error:
            store.put(arrival.name, "", "refused", str(error))
            continue
        submission.name = arrival.name
        yield submission


def not_done(
    submissions: list[Submission], root: Path, store: Store, terms: Terms
) -> Iterator[Work]:
    """What is still to be graded; the same submission gets the same seed each time."""
    checkout, known = checkout_digest(root, environment()), store.known()
    for submission in submissions:
        key = key_of(submission, terms, checkout)
        if known.get(submission.name) != key:
            drawn = int(digest([store.secret, key])[:7], 16)
            seed = drawn if terms.seed is None else terms.seed
            yield Work(key, submission, replace(terms, seed=seed), checkout)
