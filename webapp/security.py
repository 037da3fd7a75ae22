"""Headers every response carries, and the check that a form was sent from our own pages.

Cross-site forms are refused by what browsers say of the request's origin (Sec-Fetch-Site, Origin), not by
tokens: a token that expires throws answers away, and cookies are SameSite=Lax besides.
"""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, request

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)


def protect(app: Flask) -> None:
    """Install headers and the origin check."""
    app.before_request(refuse_cross_site_forms)
    app.after_request(add_headers)


def refuse_cross_site_forms() -> None:
    """Stop a state-changing request that another site made a browser send."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    said = request.headers.get("Sec-Fetch-Site")
    if said is not None:
        allowed = said in ("same-origin", "none")
    else:
        # Old browsers: compare the origin's host with ours; with neither header it is no browser's cross-site form.
        origin = request.headers.get("Origin")
        allowed = origin is None or urlsplit(origin).netloc == request.host
    if not allowed:
        abort(403)


def add_headers(response: Response) -> Response:
    """Strict policy, nothing guessed, nothing kept by proxies."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.endpoint == "citizen.form":
        # Kept by the one browser, so that its back button finds the form as it was left, with the same id.
        response.headers["Cache-Control"] = "private, no-cache"
    elif request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
