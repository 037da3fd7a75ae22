"""Officers, leaders and superiors: what they owe, and the acts on it."""

from flask import Blueprint

from models import Role
from webapp.auth import guard

officer = Blueprint("officer", __name__, url_prefix="/can-bo")
guard(officer, Role.OFFICER)

from webapp.officer import desk, overview, praise, reminded, results, saved, views  # noqa: E402, F401
