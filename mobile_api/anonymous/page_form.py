"""What the page's forms send, read in memory alone: the framework would lay a larger file on the disk."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import IO

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from backend.concerns.words import Attachment, Words
from backend.web.bodies import TOO_MANY
from mobile_api.anonymous.images import MOST
from mobile_api.anonymous.schemas import DAY, PLACE, PROMPT, WORDS

#: As much as the proxy before us keeps in memory; more than photos may have, so that words survive one too large.
MOST_BODY = 2 << 20

#: Fields of one form: the page has a dozen, and a box for each adviser.
MOST_FIELDS = 200

URLENCODED = "application/x-www-form-urlencoded"

PROMPTS = ("engagement", "intent", "capability")

#: The fields that are looked through for what tells who wrote them, and what the page calls them.
FIELDS = {
    "words": "What worries you",
    "engagement": "A cause or a group",
    "intent": "Wanting to do harm",
    "capability": "Being able to",
    "place": "Where",
    "happened_on": "When",
}

#: The longest text of each, in characters; the page's fields stop there as well.
LONGEST = {"words": WORDS, **dict.fromkeys(PROMPTS, PROMPT), "place": PLACE, "happened_on": DAY}
LONGEST_OTHER = 400


@dataclass(frozen=True)
class Given:
    """One form as it was sent; what nobody asked for is dropped."""

    fields: MultiDict[str, str]
    photos: Sequence[bytes] = ()

    def text(self, name: str) -> str:
        return self.fields.get(name, "").strip()[: LONGEST.get(name, LONGEST_OTHER)]

    @property
    def texts(self) -> dict[str, str]:
        """What was written, by field, the empty ones left out."""
        return {name: text for name in FIELDS if (text := self.text(name))}

    @property
    def without(self) -> list[str]:
        """The key ids of those who shall not read it: a box that was ticked has all of one adviser's."""
        return [key_id for adviser in self.fields.getlist("without") for key_id in adviser.split()]

    def words(self, attachments: Sequence[Attachment] = ()) -> Words:
        """As it is sealed."""
        texts = self.texts
        return Words(
            words=texts.get("words", ""),
            about={name: texts[name] for name in PROMPTS if name in texts},
            place=texts.get("place"),
            happened_on=texts.get("happened_on"),
            attachments=attachments,
        )


def read_form(request: Request) -> Given:
    """Raises werkzeug's RequestEntityTooLarge for more than a few photos, or more fields than a page has."""
    request.max_content_length = MOST_BODY
    parser = FormDataParser(
        stream_factory=_in_memory,
        max_form_memory_size=MOST_BODY,
        max_content_length=MOST_BODY,
        max_form_parts=MOST_FIELDS,
    )
    body = request.stream.read()
    # Of these the parser counts none.
    if request.mimetype == URLENCODED and body.count(b"&") > MOST_FIELDS:
        raise RequestEntityTooLarge(TOO_MANY)
    _, fields, files = parser.parse(BytesIO(body), request.mimetype, len(body), request.mimetype_params)
    photos = [photo for file in files.getlist("photos")[: MOST + 1] if (photo := file.read())]
    return Given(fields, photos)


def _in_memory(
    total_content_length: int | None,
    content_type: str | None,
    filename: str | None,
    content_length: int | None = None,
) -> IO[bytes]:
    return BytesIO()
