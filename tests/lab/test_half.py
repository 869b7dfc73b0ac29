"""Half a server says its few words to everybody, and is gone afterwards."""

from __future__ import annotations

from http.client import IncompleteRead, RemoteDisconnected
from urllib.request import urlopen

import pytest

from lab.serving.half import HEAD, half_a_server


def test_it_is_silent_after_its_words() -> None:
    with half_a_server(HEAD + b"[1, 2", hangs_up=False) as (url, received):
        answer = urlopen(url, b"rows", timeout=0.2)
        assert answer.read(5) == b"[1, 2"
        with pytest.raises(TimeoutError):
            answer.read()
    (request,) = received
    assert request.startswith(b"POST / ")


def test_it_hangs_up() -> None:
    with half_a_server(b"", hangs_up=True) as (url, received):
        for _ in range(2):
            with pytest.raises(RemoteDisconnected):
                urlopen(url, b"rows", timeout=5)
    assert len(received) == 2
    with half_a_server(HEAD, hangs_up=True) as (url, _), pytest.raises(IncompleteRead):
        urlopen(url, b"rows", timeout=5).read()
