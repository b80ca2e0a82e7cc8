"""The HTTP server as browsers, proxies and the ill-disposed meet it, from the first byte to its last."""

import socket
import ssl
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.faults.raw_sockets import CLOSE, SECRET, RawSocket, ServerProcess, http, server_process

WELCOME = b"GET /nothing HTTP/1.1\r\nHost: campus.example\r\n"


@pytest.fixture(scope="module")
def server() -> Iterator[ServerProcess]:
    """A server with little patience."""
    with server_process(patience={"head": 0.5, "body": 0.5, "answer": 0.5, "idle": 1.0}) as process:
        yield process


def test_a_post_on_a_kept_connection_waits_for_no_delayed_acknowledgement(server):
    """
    With Nagle's algorithm on, head and body apart take 44 ms.
    """
    request = b"POST /echo HTTP/1.1\r\nHost: campus.example\r\nContent-Length: 2\r\n\r\n{}"
    times, answer = [], b""
    with socket.create_connection(("127.0.0.1", server.port), 5) as connection:
        for _ in range(30):
            began = time.perf_counter()
            connection.sendall(request)
            answer = b""
            while not answer.endswith(b"}\n"):
                answer += connection.recv(4096)
            times.append(time.perf_counter() - began)

    assert answer.startswith(b"HTTP/1.1 201 ")
    assert statistics.median(times) < 0.010


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"\x16\x03\x01\x02\x00 hello\r\n\r\n", b"HTTP/1.1 400 "),
        (b"GET /" + b"x" * 9_000 + b" HTTP/1.1\r\n\r\n", b"HTTP/1.1 414 "),
        (WELCOME + b"X: " + b"x" * 40_000 + b"\r\n\r\n", b"HTTP/1.1 431 "),
        (WELCOME + b"X: x\r\n" * 200 + b"\r\n", b"HTTP/1.1 400 "),
        (WELCOME + b"Content-Length: -1\r\n\r\n", b"HTTP/1.1 400 "),
        (WELCOME + b"X: cut off", b""),
    ],
)
def test_a_request_that_is_none_is_refused(server, request_, expected):
    """
    Line and head are bounded, and who never ends the head gets no answer.
    """
    answer = http(server.port, request_)

    assert answer.startswith(expected)
    assert bool(answer) is bool(expected)


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        WELCOME,
        b"POST /echo HTTP/1.1\r\nHost: campus.example\r\nContent-Length: 1000000\r\n\r\n",
        b"POST /echo HTTP/1.1\r\nConnection: upgrade\r\nContent-Length: 1000000\r\n\r\n",
        b"POST /nothing HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n",
    ],
)
def test_who_trickles_a_request_is_cut_off_and_a_quiet_websocket_is_not(server, beginning):
    """
    A byte every 50 ms keeps no connection beyond the bound on the whole head or body.
    """
    with RawSocket(server.port) as quiet, socket.create_connection(("127.0.0.1", server.port), 5) as trickling:
        quiet.enter()
        began = time.monotonic()
        trickling.sendall(beginning)
        with suppress(ConnectionError):
            while time.monotonic() - began < 1.5:
                time.sleep(0.05)
                trickling.sendall(beginning and b"a")
        took = time.monotonic() - began
        quiet.send(b'42["say","quiet"]')

        assert quiet.event() == ("said", "quiet")
        assert trickling.recv(1) == b"" if beginning == b"" else took < 1.2


def test_a_body_nobody_read_does_not_stand_before_the_next_request(server):
    """
    A refused upload is read to its end, and the connection kept.
    """
    with socket.create_connection(("127.0.0.1", server.port), 5) as kept:
        kept.sendall(b"POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + b"G" * 200_000)
        kept.sendall(b"GET /wait/0 HTTP/1.0\r\nHost: x\r\n\r\n")
        answers = b""
        while data := kept.recv(4096):
            answers += data

    assert answers.startswith(b"HTTP/1.1 404 ")
    assert answers.count(b"HTTP/1.1 200 ") == 1


def test_who_does_not_read_the_answer_is_cut_off(server):
    """
    8 MB stand still behind a client that takes none of it for longer than one write may.
    """
    with socket.create_connection(("127.0.0.1", server.port), 5) as stalled:
        stalled.sendall(b"GET /much HTTP/1.1\r\nHost: x\r\n\r\n")
        time.sleep(1.0)
        received = 0
        with suppress(ConnectionError):
            while data := stalled.recv(1 << 16):
                received += len(data)

    assert 0 < received < 8_000_000


@pytest.mark.parametrize("half", [WELCOME + b"X: cut", b"POST /echo HTTP/1.0\r\nContent-Length: 99\r\n\r\n{"])
def test_half_a_request_is_not_served_and_no_error_of_ours(server, half):
    """
    Who leaves amid the head or the body gets no answer, and no line in the log.
    """
    with socket.create_connection(("127.0.0.1", server.port), 5) as leaving:
        leaving.sendall(half)
        leaving.shutdown(socket.SHUT_WR)
        answer = leaving.recv(4096)

    assert answer == b""
    assert "unhandled.error" not in server.written()


def test_errors_nobody_caught_are_logged_without_their_words_and_the_server_goes_on(server):
    """
    One in a Socket.IO handler, one in a greenlet of its own, one in the WSGI application.
    """
    with RawSocket(server.port) as client:
        client.enter()
        client.send(b'42["fail"]')
        client.send(b'42["say","after"]')
        after = client.event()
    answer = http(server.port, b"GET /fail?token=t0ps3cret HTTP/1.0\r\nCookie: t0ps3cret\r\n\r\n")
    written = server.written()

    assert after == ("said", "after")
    assert answer.startswith(b"HTTP/1.1 500 ")
    assert written.count("error=ValueError") >= 3
    assert SECRET not in written
    assert "t0ps3cret" not in written


def test_nothing_that_clients_did_here_left_an_address_or_a_traceback(server):
    """
    Runs after all the tests above, on what their server wrote.
    """
    written = server.written()

    assert "127.0.0.1" not in written
    assert "campus.example" not in written
    assert "Traceback" not in written


def test_a_stop_lets_requests_end_and_says_goodbye_to_websockets():
    """
    SIGTERM: the answer in the making arrives, its event too, then 1001; a kept connection does not hold it up.
    """
    answers: list[bytes] = []
    with server_process() as server, RawSocket(server.port) as handset:
        handset.enter()
        with socket.create_connection(("127.0.0.1", server.port)) as kept:
            kept.sendall(b"POST /echo HTTP/1.1\r\nHost: campus.example\r\nContent-Length: 0\r\n\r\n")
            assert kept.recv(4096).startswith(b"HTTP/1.1 201 ")
            waiting = threading.Thread(
                target=lambda: answers.append(
                    http(server.port, b"GET /wait/0.7 HTTP/1.1\r\nHost: campus.example\r\n\r\n")
                )
            )
            waiting.start()
            time.sleep(0.2)

            began = time.monotonic()
            server.ask_to_stop()
            event = handset.event()
            code = handset.closing_code()
            handset.send((1001).to_bytes(2, "big"), CLOSE)
            waiting.join(5)
            exit_code = server.exit_code()
            took = time.monotonic() - began

        assert took < 3
        assert event == ("incident", {"k": "last"})
        assert code == 1001
        assert answers[0].endswith(b'{"waited":"0.7"}\n')
        assert exit_code == 0
        assert server.written().split("\n")[1:3] == ["stopping", "stopped"]


def test_a_stop_waits_no_longer_than_it_may():
    """
    A request without end and a handset that answers no goodbye are left behind.
    """
    with server_process(patience={"stop": 0.3, "goodbye": 0.3}) as server, RawSocket(server.port) as handset:
        handset.enter()
        with socket.create_connection(("127.0.0.1", server.port)) as endless:
            endless.sendall(b"GET /wait/60 HTTP/1.1\r\nHost: campus.example\r\n\r\n")
            time.sleep(0.2)

            began = time.monotonic()
            server.ask_to_stop()
            exit_code = server.exit_code()
            took = time.monotonic() - began

        assert exit_code == 0
        assert took < 3


def test_the_same_works_over_tls(tmp_path):
    """
    Frames that were parked and drained through TLS arrive in order; who speaks plain HTTP there is hung up on.
    """
    certificate, key = self_signed(tmp_path)
    trust = ssl.create_default_context(cafile=str(certificate))
    with server_process(tls=[str(certificate), str(key)], send_buffer=4096) as server:
        plain = http(server.port, WELCOME + b"\r\n")
        with RawSocket(server.port, tls=trust, headers={"Origin": "https://campus.example"}) as secure:
            secure.enter()
            for k in range(10):
                secure.send(b'42["say","%d"]' % k + b"")
            said = [secure.event()[1] for _ in range(10)]
            secure.send(f'42["say","{"x" * 60_000}"]'.encode())
            long = secure.event()[1]
            secure.send((1000).to_bytes(2, "big"), CLOSE)
            code = secure.closing_code()

        assert plain == b""
        assert said == [str(k) for k in range(10)]
        assert long == "x" * 60_000
        assert code == 1000
        assert "unhandled.error" not in server.written()


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate for campus.example and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "campus.example")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("campus.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate_file, key_file
