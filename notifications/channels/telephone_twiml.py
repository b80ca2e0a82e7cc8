"""What Twilio reads out and texts back, in its own language, TwiML."""

from twilio.twiml.messaging_response import MessagingResponse
from twilio.twiml.voice_response import Gather, VoiceResponse

from notifications.wording import NOT_999

#: How a language is called by who reads it out; what is in another is read as English.
VOICES = {
    "en": {"language": "en-GB"},
    "fr": {"language": "fr-FR"},
    "es": {"language": "es-ES"},
    "de": {"language": "de-DE"},
    "it": {"language": "it-IT"},
    "pt": {"language": "pt-PT"},
    "zh": {"language": "zh-CN"},
    "ja": {"language": "ja-JP"},
    "ko": {"language": "ko-KR"},
    "pl": {"language": "pl-PL"},
    "ru": {"language": "ru-RU"},
    "ar": {"language": "arb", "voice": "Polly.Zeina"},
}

#: Seconds for which a key is waited for after the last word.
WAITS_S = 8

#: More would not fit twice into what Twilio takes with a call.
LONGEST_READ = 1800


def read_out(words: str, language: str = "en", *, keys_url: str | None = None) -> str:
    """Read twice; with `keys_url` a key may be pressed at any moment, and who presses none is told of 999."""
    call = VoiceResponse()
    if keys_url is None:
        _twice(call, words, language)
    else:
        gather = Gather(num_digits=1, action=keys_url, method="POST", timeout=WAITS_S)
        _twice(gather, words, language)
        call.append(gather)
        call.say(NOT_999, **VOICES["en"])
    return str(call)


def say_back(words: str, *, keys_url: str | None = None) -> str:
    """What was understood; with `keys_url` another key may follow."""
    call = VoiceResponse()
    if keys_url is None:
        call.say(words, **VOICES["en"])
    else:
        gather = Gather(num_digits=1, action=keys_url, method="POST", timeout=WAITS_S)
        gather.say(words, **VOICES["en"])
        call.append(gather)
    return str(call)


def text_back(words: str | None) -> str:
    """One text in answer to a text; None answers nothing."""
    answer = MessagingResponse()
    if words is not None:
        answer.message(words)
    return str(answer)


def _twice(where: VoiceResponse | Gather, words: str, language: str) -> None:
    voice = VOICES.get(language.partition("-")[0].lower(), VOICES["en"])
    where.say(words[:LONGEST_READ], **voice)
    where.pause(length=1)
    where.say(words[:LONGEST_READ], **voice)
