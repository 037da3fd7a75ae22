"""Citizens: rate, write, follow by a code. No account, no script needed, nothing written by looking."""

from flask import Blueprint

citizen = Blueprint("citizen", __name__)
citizen.guarded_for = None  # type: ignore[attr-defined]  # open to everybody, on purpose

from webapp.citizen import look, promises, views  # noqa: E402, F401
