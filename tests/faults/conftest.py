"""Which faults can be made on this machine."""

import pytest

from tests.small_disk import can_be_mounted


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """
    Leave out what fills a disk where none can be mounted, counted as deselected.

    Journeys and units show the same there, with a store that may not grow.
    """
    filling = [item for item in items if item.get_closest_marker("small_disk")]
    if filling and not can_be_mounted():
        config.hook.pytest_deselected(items=filling)
        items[:] = [item for item in items if item not in filling]
