"""A campus read from its directory, with every fault of every file named at once."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from backend.campus.campus import (
    Campus,
    EscalationPolicy,
    Keeping,
    Number,
    RotaLine,
    Route,
    Step,
    Targets,
    Team,
    Template,
)
from backend.campus.campus_document import from_document, to_document
from backend.campus.campus_file import CAMPUS_FILE, CampusFile, read_campus_file
from backend.campus.entry import Faults
from backend.campus.guidance import NO_GUIDANCE, Guidance
from backend.campus.guidance_file import check_guidance, read_guidance_file
from backend.campus.languages import is_language
from backend.campus.references import check_references
from backend.campus.rota_file import read_rota
from backend.campus.zones_file import read_zones
from backend.kernel.errors import Invalid

# One import for whoever works with a campus: which of our files a thing stands in is our affair.
__all__ = [
    "Campus",
    "EscalationPolicy",
    "Keeping",
    "Number",
    "RotaLine",
    "Route",
    "Step",
    "Targets",
    "Team",
    "Template",
    "faults_of",
    "from_document",
    "read_campus",
    "to_document",
]

# A large institution's whole survey is a tenth of it; parsing more would only fill the memory.
MAX_BYTES = 16 * 1024 * 1024

Content = TypeVar("Content")


def read_campus(directory: Path) -> Campus:
    """
    The campus that `campus.toml` in this directory describes, with the zones and the rota it names.

    Raises Invalid that carries every fault found in all files, each with the
    file and the entry it is in.
    """
    faults = Faults()
    file = _read(directory, CAMPUS_FILE, read_campus_file, faults)
    if file is None:
        raise _refusal(directory, faults)
    institution = file.institution
    zones = _read(directory, institution.zones, partial(read_zones, file=institution.zones), faults) or ()
    rota = _read(directory, institution.rota, partial(read_rota, file=institution.rota), faults) or ()
    guidance = _read_guidance(directory, file, faults)
    check_references(file, zones, rota, faults)
    if faults.found:
        raise _refusal(directory, faults)
    return Campus(
        name=institution.name,
        time_zone=institution.time_zone,
        languages=institution.languages,
        zones=zones,
        numbers=tuple(number for _, number in file.numbers),
        teams=tuple(team for _, team in file.teams),
        routes=tuple(route for _, route in file.routes),
        policies=tuple(policy for _, policy in file.policies),
        keeping=file.keeping,
        templates=tuple(template for _, template in file.templates),
        rota=tuple(line for _, line in rota),
        guidance=guidance,
        protocols=tuple(protocol for _, protocol in file.protocols),
    )


def faults_of(directory: Path) -> list[str]:
    """Every fault of the directory, one sentence each with its file and entry; empty when it can be imported."""
    try:
        read_campus(directory)
    except Invalid as refusal:
        return [f"{fault.field}: {fault.message}" for fault in refusal.errors]
    return []


def _read_guidance(directory: Path, file: CampusFile, faults: Faults) -> Guidance:
    """The cards in those of the campus's languages that have a file; none without a table that names their folder."""
    table = file.guidance
    if table is None or not table.folder:
        return NO_GUIDANCE
    found = []
    for language in file.institution.languages:
        name = table.file_of(language)
        if is_language(language) and (directory / name).exists():
            written = _read(directory, name, partial(read_guidance_file, file=name, language=language), faults)
            found += [written] if written else []
    check_guidance(table, found, [number for _, number in file.numbers], faults)
    return Guidance(table.version, table.call_order, tuple(one.translation for one in found))


def _refusal(directory: Path, faults: Faults) -> Invalid:
    count = len(faults.found)
    return Invalid(f"The campus in {directory.name} has {count} {'fault' if count == 1 else 'faults'}.", faults.found)


def _read(directory: Path, name: str, reader: Callable[..., Content | None], faults: Faults) -> Content | None:
    """What the reader makes of the file, None when there is nothing to read; why is told to `faults`."""
    if not name:
        return None
    try:
        # One byte more than allowed tells a file that is too large without reading it all.
        with (directory / name).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as refusal:
        faults.tell(name, f"cannot be opened: {refusal.strerror or refusal}")
        return None
    if len(content) > MAX_BYTES:
        faults.tell(name, f"is larger than {MAX_BYTES // 1024**2} MiB, so it is not read")
        return None
    try:
        # Spreadsheets begin their files with a byte order mark.
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as refusal:
        faults.tell(name, f"is not UTF-8 text: byte {refusal.start + 1} belongs to another encoding")
        return None
    return reader(text, faults=faults)
