"""I12: Redis, FCM, SMTP, SMS and map tiles all down together, and taps are taken, dispatched, accepted and closed."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from notifications.delivery import Delivery
from notifications.parcel import Outcome
from tests.faults.run.playing import Plan
from tests.faults.run.playing_through import Run
from tests.faults.run.rows import BACK_S, Row
from tests.faults.run.scaled_stage import Harmful, harmed, on_scaled, rows_of
from tests.faults.run.served import store_of
from tests.google import google_stands_in
from tests.server import free_port, sign_in

#: Made up, in the form of Twilio's own.
TWILIO = {
    "BLUELIGHT_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "BLUELIGHT_TWILIO_AUTH_TOKEN": "0" * 32,
    "BLUELIGHT_TWILIO_FROM": "+447700900000",
    "BLUELIGHT_PUBLIC_URL": "https://blue.example",
}

NAME = "Redis, FCM, SMTP, SMS and map tiles all down (I12)"


@contextmanager
def silent_port() -> Iterator[int]:
    """Takes every connection and says nothing, ever."""
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listening:
        yield int(listening.getsockname()[1])


def all_of_it(folder: Path, *, taps: int, seed: int) -> list[Row]:
    """
    Half of them refuse, half are taken and never answered.

    There is no identity provider to be down: a password is checked here, which is done meanwhile as well.
    """
    folder.mkdir(parents=True)
    with silent_port() as silent, google_stands_in() as google:
        credentials = google.credentials_in(folder)
        google.close()
        refused = f"127.0.0.1:{free_port()}"
        more = {
            "BLUELIGHT_FIREBASE_CREDENTIALS": str(credentials),
            "BLUELIGHT_FCM_ENDPOINT": google.endpoint,
            "BLUELIGHT_SMTP_URL": f"smtp://127.0.0.1:{silent}?from=safety@campus.example",
            "BLUELIGHT_TWILIO_ENDPOINT": f"http://127.0.0.1:{silent}",
            "BLUELIGHT_TILES_URL": f"http://{refused}/{{z}}/{{x}}/{{y}}.png",
            "NO_PROXY": "127.0.0.1",
            **TWILIO,
        }
        with on_scaled(more) as server:
            server.form.machine.redis.kill()
            promise = "taps are taken, dispatched, accepted and closed"

            def deeds(play: Harmful) -> None:
                play.harms(NAME, "from before the first press", promise, back_s=BACK_S)
                # Whoever comes now can sign in.
                sign_in(server, "student19")

            plan = Plan(taps=taps, members=8, pause_s=0.6, seed=seed)
            run, done = harmed(server, folder, plan, deeds)
            with store_of(server) as database:
                tried, sent = database.read(_pushes)
    lost, went = _way_of(run, tried, sent)
    (row,) = rows_of(run, done, lost)
    return [Row(row.name, f"{went}, {run.taps} presses", row.promise, row.met, row.back, row.lost)]


def _way_of(run: Run, tried: int, sent: int) -> tuple[list[str], str]:
    """What is missing of the way from the press to the end of a case; and how often each step was gone."""
    ends = [one.state for one in run.kept.cases.values()]
    steps = {
        "dispatched": len({one.case for one in run.kept.offers}),
        "accepted": sum(call.ok for call in run.story.of("accept")),
        "resolved by who came": ends.count("resolved"),
        "called off": ends.count("cancelled"),
        "pushes tried in vain": tried,
    }
    lost = [f"no case was {name}" for name, number in steps.items() if not number]
    lost += [f"{sent} pushes were sent: their provider was not down"] if sent else []
    return lost, ", ".join(f"{number} {name}" for name, number in steps.items())


def _pushes(session: Session) -> tuple[int, int]:
    """Pushes that were tried, and of these those that went out."""
    of_push = sa.select(sa.func.count()).where(Delivery.channel == "push")
    tried = session.scalar(of_push.where(Delivery.attempts > 0)) or 0
    return tried, session.scalar(of_push.where(Delivery.outcome == Outcome.SENT.value)) or 0
