"""What `langnghe doctor` looks at outside the database: files, disk, clock, mail, classifier, address."""

import os
import shutil
import smtplib
import ssl
import stat
import subprocess
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models import Keyring
from models.encryption import KeysMissing
from vietnamese.calendar import VIETNAM
from webapp.backups import last_backup
from webapp.commands.findings import BAD, OK, WARN, Finding
from webapp.commands.year_ahead import knows_new_year, unknown_years
from webapp.settings import FILE_NAME, Settings, why_unreachable

LEAST_FREE, LITTLE_FREE = 500_000_000, 2_000_000_000
BACKUP_AGE = timedelta(hours=26)
"""One backup a day, and two hours for a slow night."""
PATIENCE = 5.0


def disk(settings: Settings) -> Iterator[Finding]:
    """Room in the data folder."""
    folder = settings.data_dir if settings.data_dir.exists() else settings.data_dir.parent
    free = shutil.disk_usage(folder).free
    said = f"{free // 1_000_000} MB free in {folder}"
    if free > LITTLE_FREE:
        yield Finding(OK, "disk", said)
    else:
        grade = BAD if free < LEAST_FREE else WARN
        yield Finding(grade, "disk", said, "make room: old backups and logs first; without room nothing is accepted")


def classifier(settings: Settings) -> Iterator[Finding]:
    """Whether the classifier is there and loads."""
    # Its libraries take two seconds to import: only whoever asks for this check waits for them.
    from triage.reading.artefact import BadArtefact, load

    try:
        release = load(settings.classifier).release
    except (FileNotFoundError, BadArtefact) as problem:
        missing = isinstance(problem, FileNotFoundError)
        said = f"missing at {settings.classifier}" if missing else str(problem)
        yield Finding(BAD, "classifier", f"{said}; entries wait unsorted", "run `langnghe triage train`")
        return
    size = settings.classifier.stat().st_size // 1000
    yield Finding(OK, "classifier", f"release {release} loads, {size} kB")


def address(settings: Settings) -> Iterator[Finding]:
    """Whether phones can open the base address, and whether it is encrypted on the way."""
    why = why_unreachable(settings.base_url)
    if why:
        yield Finding(WARN, "address", f"{settings.base_url} reaches no phone ({why}); codes are not printed",
                      "set LANGNGHE_BASE_URL to the public address")  # fmt: skip
    elif not settings.is_https:
        yield Finding(WARN, "address", f"{settings.base_url} is not encrypted on the way",
                      "put a TLS proxy in front and set LANGNGHE_BASE_URL to https://…")  # fmt: skip
    else:
        yield Finding(OK, "address", settings.base_url)


def keys(settings: Settings) -> Iterator[Finding]:
    """Whether the key file is there, whole, closed to others, and its keys open what they seal."""
    try:
        ring = Keyring.load(settings.keys_file)
        works = ring.unseal(ring.seal("thử")) == "thử" and len(ring.digest("doctor", b"")) == 32
        works = works and ring.has_signed("doctor", b"", ring.sign("doctor", b""))
    except KeysMissing as problem:
        yield Finding(BAD, "keys", str(problem))
        return
    except ValueError as problem:
        yield Finding(BAD, "keys", f"{settings.keys_file} holds no usable keys ({problem})", "restore the file")
        return
    yield from private(settings.keys_file, "keys", BAD)
    yield Finding(OK if works else BAD, "keys", f"{len(ring.sealing)} sealing keys open what they seal")


def settings_file(settings: Settings) -> Iterator[Finding]:
    """Whether settings.env, which may hold passwords, is closed to others."""
    path = settings.data_dir / FILE_NAME
    if path.exists():
        yield from private(path, "settings", WARN)


def private(path: os.PathLike[str], subject: str, grade: str) -> Iterator[Finding]:
    """A finding when others than the owner may read or write the file."""
    mode = stat.S_IMODE(os.stat(path).st_mode)
    if mode & 0o077:
        yield Finding(grade, subject, f"{path} is open to others (mode {mode:o})", f"chmod 600 {path}")


def clock_service() -> Iterator[Finding]:
    """Whether the machine's clock follows time servers, where `timedatectl` can tell."""
    program = shutil.which("timedatectl")
    said = _run(program, "show", "--property=NTPSynchronized", "--value") if program else ""
    if said == "no":
        yield Finding(WARN, "clock", "does not follow a time server", "run `timedatectl set-ntp true`")
    else:
        known = "follows a time server" if said == "yes" else "nobody here can tell whether it follows a time server"
        yield Finding(OK, "clock", known)


def _run(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE).stdout.strip()  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""


def time_zone(now: datetime) -> Iterator[Finding]:
    """Whether Vietnam's hours are known."""
    try:
        hours = now.astimezone(ZoneInfo.no_cache(VIETNAM.key)).utcoffset()
    except ZoneInfoNotFoundError:
        hours = None
    if hours == timedelta(hours=7):
        yield Finding(OK, "time zone", f"{VIETNAM.key} is UTC+7")
    else:
        yield Finding(BAD, "time zone", f"{VIETNAM.key} gives {hours}", "reinstall the package tzdata")


def calendar(today: date, put_in: Collection[date] = ()) -> Iterator[Finding]:
    """Whether the working days of the coming year are known; `put_in` are the days of administrators."""
    unknown = unknown_years(today, put_in)
    if not knows_new_year(today):
        yield Finding(BAD, "calendar", "no Tết in the coming year", "update the program (package holidays)")
    elif unknown:
        years = ", ".join(map(str, unknown))
        said = f"public holidays are known, days moved by the Government in {years} are not"
        mend = "put the Government's notice into the page Lịch làm việc of the province, or update the program"
        yield Finding(WARN, "calendar", said, mend)
    else:
        yield Finding(OK, "calendar", "the coming year is known")


def backups(settings: Settings, now: datetime, is_demonstration: bool) -> Iterator[Finding]:
    """Whether there is a fresh backup."""
    last = last_backup(settings.data_dir)
    mend = "run `langnghe backup FILE` every night, to another disk"
    if last is None:
        yield Finding(
            OK if is_demonstration else BAD, "backups", "none was ever made here", "" if is_demonstration else mend
        )
        return
    made_at, file = last
    said = f"last {made_at:%Y-%m-%d %H:%M} UTC to {file}"
    yield Finding(WARN, "backups", said, mend) if now - made_at > BACKUP_AGE else Finding(OK, "backups", said)


def mail(settings: Settings, to: str = "") -> Iterator[Finding]:
    """Whether the mail server answers; with `to`, sends a test message."""
    if not settings.mail_server:
        mend = "set LANGNGHE_MAIL_SERVER to send one" if to else ""
        yield Finding(WARN if to else OK, "mail", "no server is set: notices stay inside the service", mend)
        return
    parts = urlsplit(settings.mail_server)
    name = f"{parts.hostname}:{parts.port or _usual_port(parts.scheme)}"
    try:
        with _connected(settings.mail_server) as server:
            answer, _said = server.noop()
            if to:
                server.send_message(_test_message(settings, to))
    except (OSError, smtplib.SMTPException) as problem:
        yield Finding(
            BAD, "mail", f"{name} does not work ({_plain(problem)})", "check LANGNGHE_MAIL_SERVER and the network"
        )
        return
    sent = f", test message handed over for {to}" if to else ""
    if answer == 250:
        yield Finding(OK, "mail", f"{name} answers{sent}")
    else:
        yield Finding(BAD, "mail", f"{name} answers {answer}{sent}", "ask whoever runs the mail server")


def _usual_port(scheme: str) -> int:
    return 465 if scheme == "smtps" else 25


def _connected(url: str) -> smtplib.SMTP:
    parts = urlsplit(url)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    server = kind(parts.hostname or "", parts.port or _usual_port(parts.scheme), timeout=PATIENCE)
    server.ehlo_or_helo_if_needed()
    if parts.scheme == "smtp" and server.has_extn("starttls"):
        server.starttls()
        server.ehlo()
    if parts.username:
        if not isinstance(server.sock, ssl.SSLSocket):
            raise smtplib.SMTPException("no encryption is offered, so the password was not sent")
        server.login(unquote(parts.username), unquote(parts.password or ""))
    return server


def _test_message(settings: Settings, to: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = settings.mail_from, to
    message["Subject"] = "Lắng Nghe: thư thử"
    message.set_content(f"Thư này do lệnh `langnghe doctor` gửi để thử máy chủ thư.\n{settings.base_url}\n")
    return message


def _plain(problem: Exception) -> str:
    """The reason without what was sent: a refusal may quote addresses, never passwords."""
    code = getattr(problem, "smtp_code", None)
    return f"{type(problem).__name__} {code}" if code else f"{type(problem).__name__}: {problem}"
