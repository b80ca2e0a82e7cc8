"""A push as Firebase wants it told: the same fixed sentence for Android and for Apple."""

from datetime import datetime

from firebase_admin import messaging

from notifications.channels.push import Push
from notifications.parcel import TargetKind
from notifications.slots import KEPT

#: The notification channels the Android app makes: their sounds are the officer's to set, and the second has none.
CALLS, QUIET = "calls", "quiet"

#: Nobody listens to it: what is only to be validated needs a target that is right by itself.
NOBODY = "bluelight-payload-check"


def message_of(push: Push, *, now: datetime) -> messaging.Message:
    """
    To this phone, now or within a minute.

    It always shows something: a high-priority message that shows nothing is
    deprioritised by the platforms. The title is left to them: the app's name.
    """
    message = _payload(push, now=now)
    if push.kind == TargetKind.TOKEN.value:
        # Set afterwards: older apps have nothing else, and the argument warns at each of them.
        message.token = push.value
    else:
        message.fid = push.value
    return message


def payload_check(push: Push, *, now: datetime) -> messaging.Message:
    """The same to nobody: for a dry run that tells a bad message from a bad target."""
    message = _payload(push, now=now)
    message.topic = NOBODY
    return message


def _payload(push: Push, *, now: datetime) -> messaging.Message:
    return messaging.Message(
        data=push.data,
        notification=messaging.Notification(body=push.sentence),
        android=_android(push),
        apns=_apns(push, now=now),
    )


def _android(push: Push) -> messaging.AndroidConfig:
    sound = not push.quiet
    return messaging.AndroidConfig(
        priority="high",
        ttl=KEPT,
        collapse_key=None if push.slot is None else f"case-{push.slot}",
        notification=messaging.AndroidNotification(
            tag=push.tag,
            channel_id=CALLS if sound else QUIET,
            priority="max" if sound else "low" if push.takes_back else "default",
            visibility="public",
            default_sound=sound,
            default_vibrate_timings=sound,
        ),
    )


def _apns(push: Push, *, now: datetime) -> messaging.APNSConfig:
    headers = {
        "apns-push-type": "alert",
        "apns-priority": "10",
        "apns-expiration": str(int((now + KEPT).timestamp())),
    }
    if push.tag:
        headers["apns-collapse-id"] = push.tag
    level = "passive" if push.takes_back else "active" if push.quiet else "time-sensitive"
    aps = messaging.Aps(
        sound=None if push.quiet else "default", thread_id=push.tag, custom_data={"interruption-level": level}
    )
    return messaging.APNSConfig(headers=headers, payload=messaging.APNSPayload(aps))
