"""Administrators: units, posts, people, codes; never an entry."""

from flask import Blueprint

from models import Role
from webapp.auth import guard

admin = Blueprint("admin", __name__, url_prefix="/quan-tri")
guard(admin, Role.ADMINISTRATOR)

from webapp.admin import views  # noqa: E402, F401
