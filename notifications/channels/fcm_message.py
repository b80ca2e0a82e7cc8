"""A push as Firebase wants it told: the same words for Android and for Apple."""

from datetime import datetime, timedelta

from firebase_admin import messaging

from notifications.channels.push import Push
from notifications.parcel import TargetKind
from notifications.slots import BROADCAST, KEPT

#: The notification channels the Android app makes: their sounds are their owner's to set, and the second has none.
CALLS, QUIET, BROADCASTS = "calls", "quiet", "broadcasts"

#: Nobody listens to it: what is only to be validated needs a target that is right by itself.
NOBODY = "bluelight-payload-check"


def message_of(push: Push, *, now: datetime) -> messaging.Message:
    """
    To this phone, now or, a case's within a minute, a broadcast's while it is of use.

    It always shows something: a high-priority message that shows nothing is
    deprioritised by the platforms. A case's title is left to them: the app's
    name.
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
        notification=messaging.Notification(title=push.title, body=push.sentence),
        android=_android(push),
        apns=_apns(push, now=now),
    )


def _android(push: Push) -> messaging.AndroidConfig:
    sound = not push.quiet
    loud = CALLS if push.title is None else BROADCASTS
    return messaging.AndroidConfig(
        priority="high",
        ttl=_kept(push),
        collapse_key=_collapse_key(push),
        notification=messaging.AndroidNotification(
            tag=push.tag,
            channel_id=loud if sound else QUIET,
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
        "apns-expiration": str(int((now + _kept(push)).timestamp())),
    }
    if push.tag:
        headers["apns-collapse-id"] = push.tag
    level = "passive" if push.takes_back else "active" if push.quiet else "time-sensitive"
    aps = messaging.Aps(
        sound=None if push.quiet else "default", thread_id=push.tag, custom_data={"interruption-level": level}
    )
    return messaging.APNSConfig(headers=headers, payload=messaging.APNSPayload(aps))


def _kept(push: Push) -> timedelta:
    return KEPT if push.kept_s is None else timedelta(seconds=push.kept_s)


def _collapse_key(push: Push) -> str | None:
    if push.title is not None:
        return BROADCAST
    return None if push.slot is None else f"case-{push.slot}"
