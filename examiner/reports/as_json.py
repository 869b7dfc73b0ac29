"""The grading as JSON: the data of examiner.model as it stands, with the sums that all need."""

from __future__ import annotations

import json
from dataclasses import asdict

from examiner.model import Grading


def write(grading: Grading) -> str:
    idea, beyond = grading.count(False), grading.count(True)
    sums = {"idea": list(idea), "beyond": list(beyond), "doubts": grading.doubts}
    return json.dumps({**asdict(grading), "sums": sums}, indent=1, ensure_ascii=False) + "\n"
