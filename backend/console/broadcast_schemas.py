"""What the control room sends to draft a broadcast, to go on with it and to end it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, post_load, validate

from backend.broadcasts.audience import Audience, Circle
from backend.broadcasts.sketch import Sketch, SketchedUpdate, SketchedWords
from backend.broadcasts.spoken import Purpose, Words
from backend.console.schemas import AT, PERSON_ID
from backend.kernel.vocabulary import Severity
from backend.web.fields import SAFE_INTEGER, Few, Strict, finite

DRAFT_ID = {"example": "6f1c2a64-0d3b-4a35-9a8f-2f1f9e0a7f10"}
WORDS_IN = {"fr": {"title": "Évacuez le Sherfield Building", "body": "Sortez par l'issue la plus proche."}}
A_WEEK = 7 * 24 * 60

#: More than the lint lets out, and little enough to keep.
MOST_TITLE, MOST_BODY, MOST_NAMED = 500, 4000, 500


def _minutes() -> fields.Integer:
    return fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(1, A_WEEK),
        metadata={"example": 30, "description": "minutes until the next word"},
    )


def _text(most: int, example: str) -> fields.String:
    return fields.String(
        load_default=None, allow_none=True, validate=validate.Length(max=most), metadata={"example": example}
    )


def _names(example: str) -> Few:
    one = fields.String(validate=validate.Length(1, 80))
    return Few(one, load_default=list, validate=validate.Length(max=MOST_NAMED), metadata={"example": [example]})


class CornerIn(Strict):
    """A corner of an area, WGS84 degrees."""

    latitude = fields.Float(required=True, validate=[validate.Range(-90, 90), finite], metadata={"example": 51.4988})
    longitude = fields.Float(required=True, validate=[validate.Range(-180, 180), finite], metadata={"example": -0.1749})


class CircleIn(CornerIn):
    """A disc."""

    radius_m = fields.Float(required=True, validate=finite, metadata={"example": 250.0, "description": "metres"})


class AudienceIn(Strict):
    """
    Whom to tell, which is not where it happens: the union of all that is named.

    People `of` an area belong there by the roster, people `in_now` are there by an open case, check-in or answer;
    naming neither means both.
    """

    everyone = fields.Boolean(load_default=False, metadata={"example": False})
    sites = _names("south-kensington")
    zones = _names("sherfield")
    polygon = Few(
        fields.Nested(CornerIn),
        load_default=list,
        allow_none=True,
        validate=validate.Length(max=MOST_NAMED),
        metadata={"example": [], "description": "corners; the last is joined to the first"},
    )
    circle = fields.Nested(CircleIn, load_default=None, allow_none=True)
    teams = _names("first-aid")
    abroad = fields.Boolean(load_default=False, metadata={"example": False})
    of = fields.Boolean(load_default=None, allow_none=True, metadata={"example": True})
    in_now = fields.Boolean(load_default=None, allow_none=True, metadata={"example": True})

    @post_load
    def to_audience(self, data: dict[str, Any], **_: Any) -> Audience:
        corners = [(corner["latitude"], corner["longitude"]) for corner in data["polygon"] or ()]
        if corners and corners[0] != corners[-1]:
            corners.append(corners[0])
        of, in_now = data["of"], data["in_now"]
        return Audience(
            everyone=data["everyone"],
            sites=tuple(data["sites"]),
            zones=tuple(data["zones"]),
            polygon=tuple(corners),
            circle=Circle(**data["circle"]) if data["circle"] else None,
            teams=tuple(data["teams"]),
            abroad=data["abroad"],
            # Who asks for one of the two does not mean the other.
            of=not in_now if of is None else of,
            in_now=not of if in_now is None else in_now,
        )


class TranslationIn(Strict):
    """A title and a body in one language."""

    title = fields.String(required=True, validate=validate.Length(max=MOST_TITLE), metadata={"example": "Évacuez"})
    body = fields.String(required=True, validate=validate.Length(max=MOST_BODY), metadata={"example": "Sortez."})

    @post_load
    def to_words(self, data: dict[str, Any], **_: Any) -> Words:
        return Words(**data)


class SketchedWordsIn(Strict):
    """Words of one's own, or a template's: `values` fill its placeholders beside `{place}`."""

    template = _text(80, "evacuate")
    title = _text(MOST_TITLE, "Leave the Sherfield Building now")
    body = _text(MOST_BODY, "Leave by the nearest safe exit.")
    languages = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 20)),
        values=fields.Nested(TranslationIn),
        load_default=dict,
        validate=validate.Length(max=100),
        metadata={"example": WORDS_IN},
    )
    values = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 40)),
        values=fields.String(validate=validate.Length(max=200)),
        load_default=dict,
        validate=validate.Length(max=20),
        metadata={"example": {"exit": "beit-quadrangle"}},
    )

    def words_of(self, data: dict[str, Any]) -> SketchedWords:
        return SketchedWords(**{name: data[name] for name in ("template", "title", "body", "languages", "values")})


class DraftIn(SketchedWordsIn):
    """A broadcast to be. What is missing is said by the lint; a template brings severity, promise and end with it."""

    kind = fields.Enum(Purpose, by_value=True, load_default=Purpose.ALERT, metadata={"example": "alert"})
    severity = fields.Enum(Severity, by_value=True, load_default=None, allow_none=True, metadata={"example": "severe"})
    place = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=200),
        metadata={"example": "sherfield", "description": "a zone, a site, or words: where it happens"},
    )
    audience = fields.Nested(AudienceIn, load_default=Audience)
    next_update_min = _minutes()
    end_condition = _text(500, "The building is checked and reopened")
    deputy = fields.UUID(load_default=None, allow_none=True, metadata=PERSON_ID)
    exercise = fields.Boolean(load_default=False, metadata={"example": False})

    @post_load
    def to_sketch(self, data: dict[str, Any], **_: Any) -> Sketch:
        return self.sketch_of(data)

    def sketch_of(self, data: dict[str, Any]) -> Sketch:
        same = ("severity", "place", "audience", "next_update_min", "end_condition", "exercise")
        facts = {name: data[name] for name in same}
        return Sketch(self.words_of(data), purpose=data["kind"], deputy_id=data["deputy"], **facts)


class ChangeIn(DraftIn):
    """A draft anew; `over` is the `written_at` of the words it stands in place of: who was overtaken is refused."""

    over = fields.AwareDateTime(format="iso", load_default=None, allow_none=True, metadata=AT)

    @post_load
    def to_sketch(self, data: dict[str, Any], **_: Any) -> tuple[Sketch, datetime | None]:
        over = data.pop("over")
        return self.sketch_of(data), over


class NextWordIn(SketchedWordsIn):
    """The next word: one's own, a template's, or `no_change`, which says the last one again."""

    next_update_min = _minutes()
    no_change = fields.Boolean(load_default=False, metadata={"example": True})

    @post_load
    def to_update(self, data: dict[str, Any], **_: Any) -> SketchedUpdate:
        words = self.words_of(data)
        if data["no_change"] and words != SketchedWords():
            raise ValidationError("No change says the last words again: give no others.", "no_change")
        return SketchedUpdate(words, data["next_update_min"], data["no_change"])


class ClearIn(Strict):
    """Which of the campus's all clears, without one the first; `values` fill its placeholders beside `{place}`."""

    template = _text(80, "all-clear")
    values = fields.Dict(
        keys=fields.String(validate=validate.Length(1, 40)),
        values=fields.String(validate=validate.Length(max=200)),
        load_default=dict,
        validate=validate.Length(max=20),
        metadata={"example": {}},
    )


class ConfirmIn(Strict):
    """What the second person has read, by its digest: if it has changed since, nothing goes out."""

    digest = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.Length(equal=64),
        metadata={"example": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
    )


class ThreadsIn(Schema):
    """Which broadcasts: those that can still change, those that are over, or without `open` all."""

    open = fields.Boolean(load_default=None, allow_none=True, metadata={"example": True})
    cursor: fields.Field[UUID] = fields.UUID(load_default=None, metadata=DRAFT_ID)
    limit = fields.Integer(
        load_default=50, validate=validate.Range(1, min(100, SAFE_INTEGER)), metadata={"example": 50}
    )
