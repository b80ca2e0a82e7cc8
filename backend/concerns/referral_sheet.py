"""The form of a referral to an outside body: its headings, in the order of the national form, and its vocabulary."""

from dataclasses import dataclass
from enum import StrEnum


class Consent(StrEnum):
    """What the person it is about has said to being referred; why they said no or were not asked is in the sheet."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_SOUGHT = "not_sought"


class LegalBasis(StrEnum):
    """
    On what the sharing rests, in the words of UK data protection law.

    UK GDPR Article 6 and 9(2)(a), Data Protection Act 2018 Schedule 1 Part 2. It
    rests on consent only where consent was given.
    """

    PUBLIC_TASK = "public_task"
    LEGAL_OBLIGATION = "legal_obligation"
    VITAL_INTERESTS = "vital_interests"
    SUBSTANTIAL_PUBLIC_INTEREST = "substantial_public_interest"
    EXPLICIT_CONSENT = "explicit_consent"

    def goes_with(self, consent: Consent) -> bool:
        return self is not LegalBasis.EXPLICIT_CONSENT or consent is Consent.GIVEN


@dataclass(frozen=True, slots=True)
class Heading:
    """One part of the sheet: its name in what is sealed, what it is called, and what is asked."""

    name: str
    title: str
    asks: str


#: Each is answered in words or left out; nothing of it is read or validated here.
SHEET = (
    Heading("arose", "How the concern arose", "Who noticed what, and how it came to the Local Advisers."),
    Heading("event", "What has happened", "The event or the change that led to this referral: what, when, where."),
    Heading(
        "indicators",
        "Indicators and vulnerabilities",
        "What was seen or heard of engagement, intent and capability, and what makes the person vulnerable.",
    ),
    Heading("online", "Online activity", "What is known of it at first hand: names of sites and of accounts."),
    Heading("contacts", "Contacts", "People and groups that may draw the person in, and those who may help."),
    Heading("harm", "Intent to harm", "Anything said or done that points to harm to the person or to others."),
    Heading("needs", "Needs and disability", "Health, disability, language, and how the person is best spoken to."),
    Heading("safeguarding", "Other safeguarding", "Other concerns for their welfare, and who works on those."),
    Heading("talks", "Talks held", "Who has talked with the person and about what, and whether they know of this."),
    Heading("consent", "Consent", "When and how it was asked for; why it was refused, or was not sought."),
    Heading("shared", "What is shared, and with whom", "The body and the person it goes to, and what they are given."),
)
