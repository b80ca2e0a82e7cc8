"""How the open pages are answered: cacheable by anybody, and told in one line when they are still the same."""

from flask import Response, request

#: Seconds a cache may answer by itself, and for how long it may go on while we are away.
FRESH_S, IF_AWAY_S = 10, 86_400

#: In the application's configuration: the address under which the open pages stand, None when nobody said.
PUBLIC_URL = "BLUELIGHT_PUBLIC_URL"


def cacheable(body: str | bytes, content_type: str, *, mark: str | None, vary: str | None = None) -> Response:
    """The answer with its mark as ETag, or 304; without a mark it is nothing that anybody should come back to."""
    response = Response(body, content_type=content_type)
    response.headers["Cache-Control"] = f"public, max-age={FRESH_S}, stale-if-error={IF_AWAY_S}"
    if vary:
        response.headers["Vary"] = vary
    if mark is None:
        return response
    # Weak: the same is told, and a proxy that compresses it changes the bytes.
    response.set_etag(mark, weak=True)
    response.make_conditional(request)
    return response
