"""The doors' frame: blueprints that read strictly, answer problems, and describe themselves in OpenAPI."""

from collections.abc import Iterable
from functools import cached_property
from inspect import getdoc
from typing import Any

import flask_smorest
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask

from backend.web import console_cookie
from backend.web.access import ROLES, STEP_UP
from backend.web.bodies import StrictParser
from backend.web.fields import ProblemOut, Strict
from backend.web.problems import MEDIA_TYPE

DESCRIPTION = """
Bluelight's public interface. JSON in and out, UTF-8; times are RFC 3339 with an offset; positions are WGS84
degrees and metres; every error is `application/problem+json` with a stable `type`. Sign in with `POST /v1/sign-in` and
send the token as `Authorization: Bearer …`.

This is not a replacement for the emergency services: in danger ring 999 (in the United Kingdom) or 112.
"""


#: Where an application keeps its document.
NAME = "bluelight-document"

#: The console's page has a cookie it cannot read; over plain http its name lacks the prefix.
SECURITY = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "console": {"type": "apiKey", "in": "cookie", "name": console_cookie.SECURE},
    "csrf": {"type": "apiKey", "in": "header", "name": console_cookie.CSRF_HEADER},
}


class Blueprint(flask_smorest.Blueprint):
    """A door's blueprint: one parser for all, and what a door requires written into its document."""

    ARGUMENTS_PARSER = StrictParser()

    def alt_response(self, status_code: int, *args: Any, **kwargs: Any) -> Any:
        """Another answer; a refusal is a problem without having to say so."""
        if status_code >= 400 and kwargs.get("schema") is None:
            kwargs.update(schema=ProblemOut, content_type=MEDIA_TYPE)
        return super().alt_response(status_code, *args, **kwargs)

    def add_url_rule(self, rule: str, *args: Any, **kwargs: Any) -> None:
        view = kwargs.get("view_func") or (args[1] if len(args) > 1 else None)
        roles = getattr(view, ROLES, None)
        if view is not None:
            docs = getattr(view, "_apidoc", {})
            manual = docs.setdefault("manual_doc", {})
            if roles is not None:
                manual.setdefault("security", self._locks(kwargs.get("methods") or ["GET"]))
                manual.setdefault(ROLES, sorted(roles))
                if stepping := getattr(view, STEP_UP, ()):
                    manual.setdefault(STEP_UP, list(stepping))
            for status, meaning in _problems(signed_in=roles is not None):
                manual.setdefault("responses", {}).setdefault(status, _problem(meaning))
            view._apidoc = docs
        super().add_url_rule(rule, *args, **kwargs)

    def _locks(self, methods: Iterable[str]) -> list[dict[str, list[str]]]:
        """A bearer anywhere; at the console also the cookie, and with it the token of its page for what changes."""
        if not f"{self.url_prefix}/".startswith(console_cookie.DOORS):
            return [{"bearer": []}]
        changes = not set(methods) <= console_cookie.READING
        return [{"bearer": []}, {"console": [], "csrf": []} if changes else {"console": []}]


class DescribingConverter(OpenAPIConverter):
    """Tells each schema's own sentence, and promises no more than it keeps."""

    def schema2jsonschema(self, schema: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
        told.setdefault("description", getdoc(type(schema)))
        if not isinstance(schema, Strict):
            # An answer may have more members tomorrow: a client that refused them would break by it.
            told.pop("additionalProperties", None)
        return told


class DescribingPlugin(MarshmallowPlugin):
    """The document's reader of schemas."""

    Converter = DescribingConverter


class Api(flask_smorest.Api):
    """flask-smorest without its own error format: `problems` tells every refusal."""

    ERROR_SCHEMA = ProblemOut

    def register_blueprint(self, blp: flask_smorest.Blueprint, **options: Any) -> None:
        """Its doors at once, and its part of the document when that is written: two thirds of what a start takes."""
        self._app.extensions["flask-smorest"]["blp_name_to_api"][blp.name] = self
        self._app.register_blueprint(blp, **options)

    @cached_property
    def written(self) -> bytes:
        """The document, in JSON; writing it stops everything else, so a server does it before it serves."""
        for name in self._app.extensions["flask-smorest"]["blp_name_to_api"]:
            blueprint = self._app.blueprints[name]
            blueprint.register_views_in_doc(self, self._app, self.spec, name=name, parameters=None)
            self.spec.tag({"name": name, "description": blueprint.description})
        told: str = self._app.json.dumps(self.spec.to_dict())
        return told.encode()

    def _register_responses(self) -> None:
        """One for all that a door does not name: a problem, in its own media type."""
        told = {"description": "Any other problem.", "content": {MEDIA_TYPE: {"schema": self.ERROR_SCHEMA}}}
        self.spec.components.response(self.DEFAULT_ERROR_RESPONSE_NAME, told, lazy=True)

    def _register_pagination_header(self) -> None:
        """None: our pages have cursors."""

    def _register_error_handlers(self) -> None:
        """Nothing: `problems.install` has done it, and it keeps Allow and Retry-After."""


def install(app: Flask) -> Api:
    """Put the document's frame on the application; blueprints are registered on what is returned."""
    app.config.update(
        API_TITLE="Bluelight",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS={
            "info": {"description": DESCRIPTION, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
            "components": {"securitySchemes": SECURITY},
        },
    )
    app.extensions[NAME] = document = Api(app, spec_kwargs={"marshmallow_plugin": DescribingPlugin()})
    return document


def write_document(app: Flask) -> None:
    """Before anybody is served: whoever asks for the document first would make everybody wait."""
    app.extensions[NAME].written  # noqa: B018


def _problems(*, signed_in: bool) -> list[tuple[str, str]]:
    told = [("422", "A field cannot be used; `errors` names it."), ("503", "It cannot be written down just now.")]
    return [*told, ("401", "Sign in."), ("403", "Not for this account."), ("404", "Not there.")] if signed_in else told


def _problem(meaning: str) -> dict[str, Any]:
    return {"description": meaning, "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}}
