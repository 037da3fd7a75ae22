"""Delivers: the only package that knows Flask."""

from datetime import timedelta

from flask import Flask
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from models import Database, Keyring
from models.base import Clock, utc_now
from webapp import auth, errors, notice_of_demonstration, qr, security, static_files, words
from webapp.db import UnitOfWork, close_session
from webapp.settings import Settings

LARGEST_FORM = 1_000_000
"""Bytes. A comment of the longest length in three-byte letters is far below; beyond is no form of ours."""


def create_app(settings: Settings, database: Database | None = None, clock: Clock = utc_now) -> Flask:
    """The web application of one installation; database and clock can be passed in."""
    from webapp.admin import admin
    from webapp.board import board
    from webapp.citizen import citizen
    from webapp.officer import officer

    app = UnitOfWork("webapp")
    database = database or Database(settings.database_url, Keyring.load(settings.keys_file))
    app.config.update(
        SECRET_KEY=database.keyring.cookies,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_NAME="phien",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_MIMETYPES=["text/html", "text/css", "text/javascript", "image/svg+xml", "text/csv"],
    )
    app.extensions |= {"database": database, "clock": clock, "settings": settings}
    if settings.trusted_proxies:
        n = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=n, x_proto=n, x_host=n)  # type: ignore[method-assign]
    security.protect(app)
    errors.handle_errors(app)
    words.install(app)
    static_files.install(app)
    notice_of_demonstration.install(app)
    qr.install(app)
    Compress(app)
    auth.install(app)
    app.teardown_appcontext(close_session)
    for blueprint in (citizen, officer, board, admin):
        app.register_blueprint(blueprint)
    return app
