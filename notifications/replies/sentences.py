"""What is said back to a text or a key: ids and fixed sentences, never names, places or health."""

from backend.kernel.vocabulary import Answer, Channel

IN_DANGER = "In danger ring 999."

ANSWERED = {
    Answer.SAFE: "Thank you. You are down as SAFE.",
    Answer.NEED_HELP: "You are down as NEED HELP, case {case}: the people who come are being asked now. " + IN_DANGER,
    Answer.NOT_HERE: "Thank you. You are down as NOT HERE.",
}
CHANGE = "Reply again if that changes."
CHANGE_BY_KEY = "If that is not right, press another key now."
HOW = f"We could not read that. Reply 1 SAFE, 2 NEED HELP or 3 NOT HERE. {IN_DANGER}"
NOTHING_ASKED = f"Nobody is waiting for an answer of yours. To call for help by text send NEED HELP. {IN_DANGER}"
HELP_CALLED = f"Help is being asked for now. {IN_DANGER}"
MEANT_NO = "If you meant no to {case}, reply NO {case}."
ASKED_TWICE = (
    "You were asked two things. To come to {case} reply YES {case} or NO {case}. To say how you are reply SAFE, NEED "
    f"HELP or NOT HERE. {IN_DANGER}"
)
WHICH_CASE = f"Several cases wait for your answer. Reply YES or NO with the number that stands in the text. {IN_DANGER}"

UNKNOWN_NUMBER = f"We do not know whose number this is. Open Bluelight. {IN_DANGER}"
SHARED_NUMBER = (
    f"Several people have this number: answer in the Bluelight app. To call for help send NEED HELP. {IN_DANGER}"
)

COMING = "You have {case} and are on duty from now. Open Bluelight."
NOT_COMING = "Thank you. Somebody else is asked about {case}."
STAND_DOWN = "Others have {case} now. You can stand down."
OVER = "{case} no longer needs you. You can stand down."
UNKNOWN_CASE = f"You were not asked about that case. {IN_DANGER}"

#: How a recall is asked; the words are those that are understood.
BY_TEXT = "{sentence}. Reply YES {case} to come, NO {case} if you cannot."
BY_VOICE = "{sentence}. The case is {case}. Press 1 if you are coming, 2 if you cannot. Press 9 to hear this again."

NOT_A_KEY = "That is none of the keys."
NOT_ANY_MORE = f"That can no longer be answered. {IN_DANGER}"


def answered(answer: Answer, case: str | None) -> str:
    """What an answer to a broadcast was taken for, and the case of who needs help."""
    return ANSWERED[answer].format(case=case)


def spelt(reference: str) -> str:
    """A case's reference as it is read out."""
    return ", ".join(" ".join(part) for part in reference.split("-"))


def recall(sentence: str, reference: str, channel: Channel) -> str:
    """How somebody off duty is asked to come: nothing of the case but its reference, for strangers read along."""
    if channel is Channel.SMS:
        return BY_TEXT.format(sentence=sentence, case=reference)
    if channel is Channel.VOICE:
        return BY_VOICE.format(sentence=sentence, case=spelt(reference))
    return sentence
