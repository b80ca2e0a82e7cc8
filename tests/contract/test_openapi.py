"""The published document: sound OpenAPI 3.1, complete enough to write a client from, and true to the contract."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from backend.kernel.threads import PlainThreads
from backend.kernel.vocabulary import Role
from backend.web.context import Context
from infra.app import make_app
from infra.settings import Settings
from infra.wiring import open_database, utc_now
from tests.contract.contract_calls import ARMS, CONTRACT, OPEN_DOORS, XML_BODIES

Json = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "patch")
PROBLEM = "application/problem+json"
FORM = "application/x-www-form-urlencoded"

#: What JSON Schema calls the types that Python reads from JSON.
TYPES: dict[str, type] = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Json:
    """
    The document as the server publishes it.
    """
    settings = Settings(data_dir=tmp_path_factory.mktemp("openapi"), secret_key="s" * 40)
    database = open_database(settings, PlainThreads(), lambda _: None)
    app = make_app(settings, Context(database, utc_now, PlainThreads(), PlainThreads()), list)
    published: Json = app.test_client().get("/v1/openapi.json").get_json()
    database.close()
    return published


def operations(document: Json) -> Iterator[tuple[str, Json, list[Json]]]:
    """Each call by its name, with its path's and its own parameters."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                operation = item[method]
                yield (
                    f"{method.upper()} {path}",
                    operation,
                    item.get("parameters", []) + operation.get("parameters", []),
                )


def anonymous(call: str) -> str:
    return re.sub(r"{\w+}", "{}", call)


def nodes(value: Any, where: str = "#") -> Iterator[tuple[str, Json]]:
    """Every object of the document with its place, those inside examples left out."""
    if isinstance(value, dict):
        yield where, value
        for name, inner in value.items():
            if name not in ("example", "default"):
                yield from nodes(inner, f"{where}/{name}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from nodes(inner, f"{where}/{place}")


def resolved(document: Json, found: Json) -> Json:
    """The object, or what its reference stands for. Raises KeyError for a reference to nothing."""
    while "$ref" in found:
        target: Any = document
        for part in found["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        found = target
    return found


def schemas(document: Json) -> Iterator[tuple[str, Json]]:
    """Every schema: the named ones, their properties, and those of parameters."""
    for where, node in nodes(document):
        inside = re.search(r"/(schemas|properties)/[^/]+$|/(schema|items)$|/anyOf/\d+$", where)
        if inside:
            yield where, node


def is_nested(schema: Json) -> bool:
    """Whether a property's content is told by another schema, which has examples of its own."""
    choices = [schema, schema.get("items", {}), *schema.get("anyOf", [])]
    return any("$ref" in choice for choice in choices)


def test_the_document_is_openapi_3_1(document: Json) -> None:
    """
    Its frame is complete, and every reference in it leads somewhere.
    """
    assert document["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(document["info"])
    assert all(path.startswith("/") for path in document["paths"])
    assert all(re.fullmatch(r"[\w.-]+", name) for part in document["components"].values() for name in part)
    for _, node in nodes(document):
        assert resolved(document, node) is not None


def test_no_word_of_an_older_openapi_is_left(document: Json) -> None:
    """
    3.1 is JSON Schema 2020-12: null is a type, an exclusive limit is a number, a list says of what.
    """
    for where, schema in schemas(document):
        types = schema.get("type", [])
        assert set([types] if isinstance(types, str) else types) <= set(TYPES), where
        assert not {"nullable", "x-nullable"} & set(schema), where
        assert not isinstance(schema.get("exclusiveMinimum"), bool), where
        assert "array" not in types or "items" in schema, where


def test_every_call_says_what_it_does(document: Json) -> None:
    """
    In a sentence, under a heading that is explained.
    """
    headings = {tag["name"]: tag["description"] for tag in document["tags"]}

    for call, operation, _ in operations(document):
        assert operation["summary"].endswith("."), call
        assert all(headings[tag] for tag in operation["tags"]), call


def test_every_name_in_a_path_is_declared(document: Json) -> None:
    """
    As a required parameter with a type; no parameter is declared twice.
    """
    for call, _, parameters in operations(document):
        in_path = {one["name"] for one in parameters if one["in"] == "path"}

        assert set(re.findall(r"{(\w+)}", call)) == in_path, call
        assert all(one.get("required") for one in parameters if one["in"] == "path"), call
        assert all("type" in one["schema"] or "anyOf" in one["schema"] for one in parameters), call
        assert len({(one["name"], one["in"]) for one in parameters}) == len(parameters), call


def test_every_answer_is_described(document: Json) -> None:
    """
    One that succeeds, with its schema unless it is empty; and every refusal as a problem.
    """
    for call, operation, _ in operations(document):
        answers = {status: resolved(document, told) for status, told in operation["responses"].items()}

        assert "default" in answers, call
        assert any(status.startswith("2") for status in answers), call
        for status, told in answers.items():
            assert re.fullmatch(r"[1-5]\d\d|default", status), (call, status)
            assert told["description"], (call, status)
            if not status.startswith("2"):
                assert [PROBLEM] == list(told["content"]), (call, status)
            for content in told.get("content", {}).values():
                assert "schema" in content, (call, status)


def test_every_body_is_json_with_a_schema(document: Json) -> None:
    """
    And only calls that change something have one; XML is for those alone that take another's document, forms for the
    telephone's provider.
    """
    for call, operation, _ in operations(document):
        if call in XML_BODIES:
            assert all(one.endswith("xml") for one in operation["requestBody"]["content"]), call
        elif "requestBody" in operation:
            assert call.split()[0] in {"POST", "PUT"}, call
            media = FORM if "/v1/replies/" in call else "application/json"
            assert "$ref" in operation["requestBody"]["content"][media]["schema"], call


def locks_of(call: str) -> list[Json]:
    """What opens a door: a bearer, and at the console its cookie, beside the page's token where something changes."""
    if " /console/api/" not in call:
        return [{"bearer": []}]
    return [{"bearer": []}, {"console": []} if call.startswith("GET ") else {"console": [], "csrf": []}]


def test_every_lock_is_told(document: Json) -> None:
    """
    Who may come in is in the document, and a door without a lock is one the contract leaves open.
    """
    open_doors = set()
    for call, operation, _ in operations(document):
        if operation.get("security"):
            assert locks_of(call) == operation["security"], call
            assert set(operation["x-roles"]) <= {role.value for role in Role}, call
            assert {"401", "403"} <= set(operation["responses"]), call
        else:
            open_doors.add(call)

    assert open_doors == OPEN_DOORS
    assert {
        "bearer": {"type": "http", "scheme": "bearer"},
        "console": {"type": "apiKey", "in": "cookie", "name": "__Host-bluelight-console"},
        "csrf": {"type": "apiKey", "in": "header", "name": "X-CSRF-Token"},
    } == document["components"]["securitySchemes"]


def test_every_property_has_an_example_that_fits(document: Json) -> None:
    """
    Of its own type, unless another schema tells its content; and every schema says what it is.
    """
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("description"), name
        for field, told in schema.get("properties", {}).items():
            where = f"{name}.{field}"
            assert "example" in told or is_nested(told), where
            types = told.get("type", [])
            fitting = tuple(TYPES[one] for one in ([types] if isinstance(types, str) else types))
            if "example" in told and fitting:
                assert isinstance(told["example"], fitting), where


def test_what_the_contract_names_is_there(document: Json) -> None:
    """
    Every call of the contract that is open so far, under its own name.
    """
    published = {anonymous(call) for call, _, _ in operations(document)}

    assert set(CONTRACT.split("\n")) - {""} - published == set()


def test_who_has_to_have_stepped_up_is_told(document: Json) -> None:
    """
    Door by door, and of which roles, where not of all.
    """
    told = {call: operation["x-step-up"] for call, operation, _ in operations(document) if "x-step-up" in operation}

    assert {
        "PUT /console/api/people/{person_id}/roles": ["admin"],
        "POST /console/api/sessions/{person_id}/end": ["admin"],
        "POST /console/api/broadcasts/{broadcast_id}/confirm": ["controller"],
        "PUT /console/api/concerns/keys": ["adviser", "prevent_lead"],
        "DELETE /console/api/concerns/keys/{key_id}": ["adviser", "prevent_lead"],
        "POST /console/api/concerns/{concern_id}/assign": ["adviser", "prevent_lead"],
        "POST /console/api/concerns/{concern_id}/hand-over": ["adviser", "prevent_lead"],
        "POST /console/api/concerns/{concern_id}/share": ["adviser", "prevent_lead"],
        "POST /console/api/concerns/{concern_id}/restore": ["prevent_lead"],
        "POST /console/api/concerns/{concern_id}/referrals": ["prevent_lead"],
        "POST /console/api/concerns/{concern_id}/referrals/{referral_id}/sent": ["prevent_lead"],
        "DELETE /console/api/concerns/{concern_id}/referrals/{referral_id}": ["prevent_lead"],
    } == told


def test_nothing_is_published_beside_the_contract(document: Json) -> None:
    """
    A call that the contract does not name is an arm of one that it does, or the tap of a button that is no phone.
    """
    published = {anonymous(call) for call, _, _ in operations(document)}

    assert published - set(CONTRACT.split("\n")) == ARMS
