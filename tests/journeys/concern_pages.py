"""The page /concern as a browser without scripts uses it: forms that are filled in, pressed and read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from tests.campus import CampusStage

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
WORD = re.compile(r'<span class="word">(\w+)</span>')
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Shown:
    """A page that was answered."""

    status: int
    html: str
    headers: Any

    @property
    def text(self) -> str:
        """What is read on it, one blank between words."""
        main = self.html.partition("<main")[2].partition("</main>")[0]
        return " ".join(TAG.sub(" ", main.partition("<template")[0]).split())

    @property
    def words(self) -> list[str]:
        """Those of a receipt that is shown."""
        return WORD.findall(self.html)

    @property
    def hidden(self) -> dict[str, str]:
        """What its forms carry along."""
        return dict(HIDDEN.findall(self.html))


class Browser:
    """Somebody's, without scripts."""

    def __init__(self, campus: CampusStage) -> None:
        self._client = campus.client

    def opens(self, path: str = "/concern") -> Shown:
        return _shown(self._client.get(path))

    def presses(self, step: str, *, at: str = "/concern", **fields: Any) -> Shown:
        photos: Sequence[bytes] = fields.pop("photos", ())
        files = [FileStorage(BytesIO(photo), f"holiday {nth}.jpg") for nth, photo in enumerate(photos)]
        data = {"step": step, **fields, **({"photos": files} if files else {})}
        # Made in memory: a temporary file of the test's own could not be told from one that the service left.
        boundary, body = encode_multipart(data)
        return _shown(self._client.post(at, data=body, content_type=f'multipart/form-data; boundary="{boundary}"'))

    def lodges(self, words: str, **more: Any) -> Shown:
        """Through the look that comes before it, as the page leads."""
        looked = self.presses("check", words=words, **{name: more[name] for name in more if name != "photos"})
        return self.presses("send", words=words, **{**looked.hidden, **more})

    def at_the_mailbox(self, step: str, **fields: Any) -> Shown:
        return self.presses(step, at="/concern/mailbox", **fields)


def _shown(response: Any) -> Shown:
    with response:
        return Shown(response.status_code, response.get_data(as_text=True), response.headers)
