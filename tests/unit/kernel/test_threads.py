"""A thread that waits plainly gets what another brings."""

import threading

import pytest

from backend.kernel.threads import PlainThreads


def test_what_another_thread_brings_is_what_the_wait_returns() -> None:
    """
    The wait ends when the promise is kept, with the value.
    """
    promise = PlainThreads().promise()

    threading.Thread(target=promise.keep, args=(7,)).start()

    assert promise.wait() == 7


def test_a_broken_promise_raises_what_it_was_broken_with() -> None:
    """
    In the thread that waits, as if it had happened there.
    """
    fault = LookupError("gone")
    promise = PlainThreads().promise()

    threading.Thread(target=promise.break_, args=(fault,)).start()

    with pytest.raises(LookupError) as raised:
        promise.wait()
    assert raised.value is fault


def test_only_the_first_outcome_counts() -> None:
    """
    A promise that was kept cannot be broken afterwards, nor kept with another value.
    """
    promise = PlainThreads().promise()
    promise.keep(1)

    promise.break_(LookupError("too late"))
    promise.keep(2)

    assert promise.wait() == 1


def test_none_is_a_result_like_any_other() -> None:
    """
    A use case that returns nothing has still returned.
    """
    promise = PlainThreads().promise()

    promise.keep(None)

    assert promise.wait() is None


def test_a_call_is_done_here_and_now() -> None:
    """
    In the same thread, with its result.
    """
    threads = PlainThreads()

    where = threads.call(threading.current_thread)

    assert where is threading.current_thread()
