"""What the channels did and how they are, read when somebody asks for the metrics."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from notifications.channels.breaker import State
from notifications.places import Places
from notifications.tally import Tally


class Breaks(Protocol):
    """A channel with a breaker."""

    @property
    def state(self) -> State: ...


class Restarts(Protocol):
    """A child that is started again."""

    restarts: int


class ChannelFigures(Collector):
    """Labels are channels and outcomes, never people, targets or cases."""

    def __init__(self, tally: Tally, places: Places) -> None:
        self._tally = tally
        self._places = places
        self._push: tuple[Breaks, Restarts] | None = None
        self._post: tuple[Mapping[str, Callable[[], State]], Restarts] | None = None

    def watch_push(self, channel: Breaks, process: Restarts) -> None:
        """From now on there is a provider behind push."""
        self._push = channel, process

    def watch_post(self, states: Mapping[str, Callable[[], State]], process: Restarts) -> None:
        """From now on there is a sender of letters; `states` by the name of who carries them."""
        self._post = states, process

    def collect(self) -> Iterator[Metric]:
        tried = CounterMetricFamily(
            "bluelight_deliveries", "Tries by channel and what came of them", labels=["channel", "outcome"]
        )
        for (channel, outcome), number in sorted(self._tally.outcomes.items()):
            tried.add_metric([channel, outcome], number)
        yield tried
        wrong = CounterMetricFamily(
            "bluelight_delivery_errors", "Tries in vain by channel and what was answered", labels=["channel", "answer"]
        )
        for (channel, answer), number in sorted(self._tally.faults.items()):
            wrong.add_metric([channel, answer], number)
        yield wrong
        going = GaugeMetricFamily("bluelight_deliveries_on_the_way", "Sent and not answered yet", labels=["channel"])
        for channel, number in sorted(self._places.under_way.items()):
            going.add_metric([channel], number)
        yield going
        # Without their channel they have a name and no figure: who plots them finds out that it is off.
        breaker = GaugeMetricFamily("bluelight_push_breaker", "1 for the state it is in", labels=["state"])
        died = CounterMetricFamily("bluelight_push_sender_restarts", "Senders that died", labels=[])
        if self._push is not None:
            watched, process = self._push
            for state in State:
                breaker.add_metric([state.value], float(state is watched.state))
            died.add_metric([], process.restarts)
        yield from (breaker, died)
        breakers = GaugeMetricFamily("bluelight_post_breaker", "1 for the state it is in", labels=["by", "state"])
        lost = CounterMetricFamily("bluelight_post_sender_restarts", "Senders of letters that died", labels=[])
        if self._post is not None:
            states, post = self._post
            for name, state_of in sorted(states.items()):
                for state in State:
                    breakers.add_metric([name, state.value], float(state is state_of()))
            lost.add_metric([], post.restarts)
        yield from (breakers, lost)
