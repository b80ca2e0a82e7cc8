"""What is built for browsers: its page, its files, and what is said where nobody has built it."""

from pathlib import Path

import pytest
from flask import Flask, Response

from backend.kernel.errors import NotFound
from backend.web import built_pages


def test_a_server_without_the_pages_says_how_to_build_them(tmp_path: Path) -> None:
    """
    In a source tree nobody has built, the page tells it in a sentence and whom to ring.
    """
    with Flask("phone").test_request_context():
        said = built_pages.front(tmp_path)
        with pytest.raises(NotFound):
            built_pages.file(tmp_path, "sw.js")

    assert said.status_code == 404
    assert "make pages" in said.get_data(as_text=True)
    assert "tel:999" in said.get_data(as_text=True)


def test_only_what_never_changes_is_kept_for_ever(tmp_path: Path) -> None:
    """
    A name with a hash for a year; page, manifest and service worker are asked for anew, and nothing else is reached.
    """
    for name in ("index.html", "sw.js", "app-0123456789ab.js", "room-WWZERRHN.js"):
        (tmp_path / name).write_text("-")

    with Flask("phone").test_request_context():
        page = built_pages.front(tmp_path)
        worker, script, room = (
            built_pages.file(tmp_path, name) for name in ("sw.js", "app-0123456789ab.js", "room-WWZERRHN.js")
        )
        with pytest.raises(NotFound):
            built_pages.file(tmp_path / "deeper", "../sw.js")

    assert ["no-cache", "no-cache"] == [_kept(page), _kept(worker)]
    assert [built_pages.FOR_EVER] * 2 == [_kept(script), _kept(room)]
    for response in (page, worker, script, room):
        response.close()


def _kept(response: Response) -> str:
    """How long a browser may keep it without asking."""
    return response.headers["Cache-Control"]
