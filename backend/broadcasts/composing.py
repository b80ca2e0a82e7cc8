"""Make words of a sketch: a template filled with what the campus knows, or what somebody wrote."""

from sqlalchemy.orm import Session

from backend.broadcasts import prepared
from backend.broadcasts.audience import audience_of
from backend.broadcasts.broadcast import Broadcast, Version
from backend.broadcasts.linting import Fault, ToLint, lint, refusing
from backend.broadcasts.sketch import SketchedWords
from backend.broadcasts.spoken import ENGLISH, Part, Words
from backend.campus import campus_store
from backend.campus.campus import Campus, Template
from backend.kernel.errors import FieldFault, Invalid
from backend.kernel.vocabulary import Severity


def template_of(campus: Campus, template_id: str | None) -> Template | None:
    """The alert of this name; None when none was asked for. Raises Invalid for a name that there is not."""
    if template_id is None:
        return None
    found = campus.template(template_id)
    if found is None or found.kind != prepared.ALERT:
        raise Invalid("There is no such template.", [FieldFault("template", f"No alert is called {template_id}.")])
    return found


def compose(campus: Campus, sketched: SketchedWords, *, place: str | None) -> dict[str, Words]:
    """The words by language, English among them even while they are empty."""
    template = template_of(campus, sketched.template)
    values = prepared.values_for(campus, place, sketched.values)
    found = prepared.words_of(template, values) if template else {ENGLISH: Words("", "")}
    english = found[ENGLISH]
    if sketched.title is not None or sketched.body is not None:
        title = english.title if sketched.title is None else sketched.title.strip()
        body = english.body if sketched.body is None else sketched.body.strip()
        # The template's translations say something else than these words.
        found = {ENGLISH: Words(title, body)}
    for language, words in sketched.languages.items():
        found[language] = Words(words.title.strip(), words.body.strip())
    return found


def faults_of(campus: Campus, broadcast: Broadcast, version: Version) -> tuple[Fault, ...]:
    """What the lint finds in these words, as they are stored and with the campus of today."""
    promise = broadcast.next_update_min if version.next_update_min is None else version.next_update_min
    return lint(
        campus,
        ToLint(
            part=Part(version.part),
            words=words_in(version),
            next_update_min=promise,
            end_condition=broadcast.end_condition,
            place=broadcast.place,
            audience=audience_of(broadcast.audience),
        ),
    )


def must_stand(session: Session, broadcast: Broadcast, version: Version) -> None:
    """
    The last look before words go out, on every way out.

    Raises Invalid that names each fault the lint refuses.
    """
    faults = refusing(faults_of(campus_store.newest(session), broadcast, version))
    if faults:
        raise Invalid(
            "This cannot go out yet: look at each field that is named.",
            [FieldFault(fault.field, fault.message) for fault in faults],
            slug="broadcast-refused",
            facts={"faults": [fault.slug for fault in faults]},
        )


def template_behind(session: Session, broadcast: Broadcast, version: Version) -> str | None:
    """The template of today's campus that these words are, to the letter; None: a second person has to read them."""
    campus = campus_store.newest(session)
    severity = Severity(broadcast.severity)
    found = prepared.template_behind(campus, words_in(version), severity=severity, place=broadcast.place)
    return found.id if found else None


def words_in(version: Version) -> dict[str, Words]:
    """The words a row keeps."""
    return {language: Words(**one) for language, one in version.words.items()}
