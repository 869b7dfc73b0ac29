"""Counters and latencies in Prometheus' text format, under the server's names.

Source: util/prometheus_exporter.cc, and servables/tensorflow/util.cc for what is counted.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from itertools import accumulate

PATH = "/monitoring/prometheus/metrics"
REQUESTS = ":tensorflow:serving:request_count"
LATENCY = ":tensorflow:serving:request_latency"
LIMITS = [10 * 1.8**power for power in range(33)]  # microseconds


class Metrics:
    """All requests, by gRPC and by REST."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.requests: Counter[str] = Counter()
        self.buckets: dict[str, Counter[int]] = defaultdict(Counter)
        self.sums: Counter[str] = Counter()

    def count(self, model: str, status: str) -> None:
        with self.lock:
            self.requests[labelled(model_name=model, status=status)] += 1

    def time(self, model: str, api: str, entrypoint: str, seconds: float) -> None:
        key, micros = labelled(model_name=model, API=api, entrypoint=entrypoint), seconds * 1e6
        with self.lock:
            self.buckets[key][bisect_left(LIMITS, micros)] += 1
            self.sums[key] += round(micros)

    def page(self) -> str:
        with self.lock:
            lines = [f"# TYPE {REQUESTS} counter"]
            lines += [f"{REQUESTS}{{{key}}} {n}" for key, n in sorted(self.requests.items())]
            lines.append(f"# TYPE {LATENCY} histogram")
            for key, buckets in sorted(self.buckets.items()):
                counts = list(accumulate(buckets[index] for index in range(len(LIMITS) + 1)))
                for limit, n in zip([*(f"{x:g}" for x in LIMITS), "+Inf"], counts, strict=True):
                    lines.append(f'{LATENCY}_bucket{{{key},le="{limit}"}} {n}')
                lines.append(f"{LATENCY}_sum{{{key}}} {self.sums[key]}")
                lines.append(f"{LATENCY}_count{{{key}}} {counts[-1]}")
        return "\n".join(lines) + "\n"


def labelled(**labels: str) -> str:
    quoted = {k: v.replace("\\", r"\\").replace('"', r"\"") for k, v in labels.items()}
    return ",".join(f'{name}="{value}"' for name, value in quoted.items())
