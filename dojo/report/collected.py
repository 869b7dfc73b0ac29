"""Which tests a stub has, also those that were not chosen to run."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from dojo.report.judge import Judge

Where = tuple[str, str]  # kata and stub
SENT = "tests of stubs"  # under this name, one of several processes sends what it has noted


class Collected:
    """A pytest plugin that notes the tests of a test file before -k, --lf or a node id choose.

    With -n, other processes collect; each sends what it has noted when it ends.

    Attributes:
        tests: by stub, the names of its tests; no entry where they are not known.
    """

    def __init__(self, config: pytest.Config, judge: Judge):
        self.config, self.judge = config, judge
        self.tests: dict[Where, list[str]] = {}

    @pytest.hookimpl(wrapper=True, trylast=True)  # the innermost: --lf takes out of the result
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        report = yield
        names = [item.name for item in report.result or () if isinstance(item, pytest.Item)]
        where = self.judge.kata_and_stub(collector.path)
        if where and names:
            self.tests[where] = names
        return report

    def pytest_sessionfinish(self) -> None:
        if hasattr(self.config, "workeroutput"):  # plain data, which has no tuples as keys
            noted = [[*where, names] for where, names in self.tests.items()]
            self.config.workeroutput[SENT] = noted

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        for kata, stub, names in getattr(node, "workeroutput", {}).get(SENT, ()):
            self.tests[kata, stub] = names
