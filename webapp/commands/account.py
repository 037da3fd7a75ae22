"""`langnghe account`: what no page can mend, because nobody gets to it any more."""

import logging

import click
import sqlalchemy as sa

from models import Account
from models.base import utc_now
from webapp import second_factors, sign_ins
from webapp.commands.installation import opened

log = logging.getLogger(__name__)


@click.group()
def account() -> None:
    """Accounts that nobody gets into any more."""


@account.command("reset-second-factor")
@click.argument("username")
def reset_second_factor(username: str) -> None:
    """Take the second factor of USERNAME away, for a lost telephone without recovery codes.

    All sessions of the account end; its next sign-in leads to setting up a new one. People of a unit are helped by
    their administrator's pages; this is for administrators themselves.
    """
    with opened() as (_settings, database), database.writing() as session:
        named = sa.select(Account).where(Account.username == username.strip().lower()).with_for_update()
        found = session.scalars(named).first()
        if found is None:
            raise click.ClickException(f"nobody signs in as {username!r}")
        if not second_factors.remove(session, found.id):
            raise click.ClickException(f"{found.username} has no second factor")
        sign_ins.end_all(session, found, utc_now())
        log.warning("second_factor_removed: account %s, by command", found.id)
    click.echo(f"{found.username} has no second factor any more; the next sign-in with the password sets up a new one")
