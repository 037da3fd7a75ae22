"""Administrators: units, posts, people, duty, codes, questionnaires, routing; never an entry."""

from flask import Blueprint

from models import Role
from webapp.auth import guard

admin = Blueprint("admin", __name__, url_prefix="/quan-tri")
guard(admin, Role.ADMINISTRATOR)

from webapp.admin import (  # noqa: E402, F401
    calendar,
    classifier,
    codes,
    duty,
    inviting,
    people,
    person,
    person_sign_in,
    posts,
    questionnaires,
    routing,
    views,
)
