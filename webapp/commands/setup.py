"""`langnghe setup`: from an empty folder to a commune that can receive its first rating."""

import os
from dataclasses import replace
from pathlib import Path

import click

from models import AccessCode, Database, Keyring, Unit
from models.base import utc_now
from models.migrations import current_revision, head_revision
from models.refusals import Refused
from vietnamese.calendar import local_day
from webapp import demonstration
from webapp.commands.answer_file import answers_from_file
from webapp.commands.answers import Answers, Known
from webapp.commands.asking import Stop, agree
from webapp.commands.founding import Founded, found, known_from, known_from_list
from webapp.commands.installation import database_exists, prepare
from webapp.commands.interview import interview, show
from webapp.commands.qr import living_codes
from webapp.invitations import link_of_invitation
from webapp.qr import HOW_TO_REACH, WHY_NO_PHONE, link_of, qr_terminal
from webapp.settings import FILE_NAME, Settings, keep_in_file, load_settings, read_file, why_unreachable
from webapp.sheets import write_sheets

REMEMBERED = ("BASE_URL", "DATABASE_URL", "KEYS_FILE", "HOST", "PORT", "TRUSTED_PROXIES", "MAIL_SERVER", "MAIL_FROM")
"""Settings without which a later start would open another installation, or print another address."""


@click.command()
@click.option("--file", type=click.Path(path_type=Path, dir_okay=False, exists=True),
              help="Answers as YAML instead of questions; see docs/operations.md.")  # fmt: skip
def setup(file: Path | None) -> None:
    """Ask what a commune needs to receive, and store it: safe to run again, changes nothing that is there.

    Creates data folder, keys, schema, units, posts, people, duty, codes, the administrator with a one-time
    invitation, and the sheets to print. Until the last answer nothing is written.
    """
    settings = load_settings()
    try:
        known = _known(settings)
        if file:
            answers = answers_from_file(file, known)
        else:
            answers = interview(known)
            show(answers, local_day(utc_now()))
            if not agree("Ghi lại tất cả?"):
                raise click.Abort
    except click.Abort:
        click.echo("\nĐã dừng. Chưa có gì được ghi; chạy lại lệnh này lúc nào cũng được.", err=True)
        raise SystemExit(1) from None
    _store(settings, known, answers)


def _known(settings: Settings) -> Known:
    """What is there before the first question; raises Stop when questions would be in vain."""
    given = _base_url_given(settings)
    if not database_exists(settings):
        return replace(known_from_list(), base_url=given)
    if not settings.keys_file.exists():
        raise Stop(
            f"cơ sở dữ liệu đã có nhưng thiếu tệp khóa {settings.keys_file}. Xin chép tệp khóa đã cất trở lại; "
            "muốn cài đặt mới hoàn toàn thì đặt LANGNGHE_DATA_DIR sang thư mục khác."
        )
    database = Database(settings.database_url, Keyring.load(settings.keys_file))
    try:
        if current_revision(database) != head_revision():
            raise Stop("cơ sở dữ liệu thuộc bản cũ của chương trình; xin chạy `langnghe db upgrade` trước.")
        with database.reading() as session:
            if demonstration.exists(session):
                raise Stop("đây là bản trình diễn; cài đặt thật xin đặt LANGNGHE_DATA_DIR sang thư mục khác.")
            return replace(known_from(session, local_day(utc_now())), base_url=given)
    finally:
        database.dispose()


def _base_url_given(settings: Settings) -> str:
    """The base address when it is settled: set by the environment, or remembered and fit for phones."""
    variable = "LANGNGHE_BASE_URL"
    if os.environ.get(variable, "").strip():
        return settings.base_url
    kept = read_file(settings.data_dir / FILE_NAME, []).get(variable)
    return settings.base_url if kept and not why_unreachable(settings.base_url) else ""


def _store(settings: Settings, known: Known, answers: Answers) -> None:
    base_url = known.base_url or answers.base_url or settings.base_url
    database = prepare(settings)
    try:
        with database.writing() as session:
            founded = found(session, database.keyring, answers, utc_now())
            codes = living_codes(session, founded.unit)
    except Refused as problem:
        raise Stop(f"một chức danh hoặc lịch trực không nhận được ({problem.code}); chưa ghi gì cả.") from problem
    finally:
        database.dispose()
    kept = _remember(settings, answers)
    sheet = _write_sheet(settings, founded.unit, codes, base_url)
    _tell(settings, founded, answers, kept)
    _tell_codes(codes, base_url)
    _tell_next(settings, founded, base_url, sheet)


def _remember(settings: Settings, answers: Answers) -> list[str]:
    """Write what must survive to settings.env; only an answer changes a line that is there. Returns the names."""
    path = settings.data_dir / FILE_NAME
    kept = read_file(path, [])
    wanted = {f"LANGNGHE_{name}": os.environ.get(f"LANGNGHE_{name}", "").strip() for name in REMEMBERED}
    new = {name: value for name, value in wanted.items() if value and name not in kept}
    if answers.base_url:
        new["LANGNGHE_BASE_URL"] = answers.base_url
    if new:
        keep_in_file(path, new)
    return list(new)


def _write_sheet(settings: Settings, unit: Unit, codes: list[AccessCode], base_url: str) -> Path | None:
    if why_unreachable(base_url):
        return None
    sheet = settings.data_dir / f"ma-qr-{unit.code}.html"
    write_sheets(sheet, unit, codes, base_url)
    return sheet


def _tell(settings: Settings, founded: Founded, answers: Answers, kept: list[str]) -> None:
    unit = founded.unit
    click.echo(f"\nXong. {unit.name}: {founded.people} chức danh mới có người, {founded.codes} mã QR, "
               f"lãnh đạo trực xếp lần lượt cho {founded.duty_days} ngày làm việc.")  # fmt: skip
    for said, stored, title in (
        (answers.hotline, unit.hotline, "Đường dây nóng"), (answers.address, unit.address, "Nơi tiếp dân")
    ):  # fmt: skip
        if said and said != stored:
            click.echo(f"{title} giữ nguyên là {stored}; sửa ở trang Quản trị.")
    if kept:
        click.echo(f"Các thiết lập được nhớ ở {settings.data_dir / FILE_NAME}: {', '.join(kept)}.")
    click.echo(f"Dữ liệu ở {settings.data_dir}. Khóa ở {settings.keys_file}: chép một bản cất nơi khác, tách khỏi bản "
               "sao lưu; mất khóa là không đọc lại được ý kiến.")  # fmt: skip


def _tell_codes(codes: list[AccessCode], base_url: str) -> None:
    for code in codes:
        click.echo(f"  {code.place}: {link_of(base_url, code.code)}")


def _tell_next(settings: Settings, founded: Founded, base_url: str, sheet: Path | None) -> None:
    step = "mở trang Quản trị, mời từng cán bộ đặt mật khẩu."
    if founded.invitation:
        link = link_of_invitation(base_url, founded.invitation)
        click.echo("\n" + qr_terminal(link))
        click.echo(f"Lời mời người quản trị ({founded.administrator}), chỉ hiện một lần, dùng trong 7 ngày:\n  {link}")
        click.echo(f"Để lỡ thì chạy: langnghe invite {founded.administrator}")
        step = "mở đường dẫn mời ở trên, đặt mật khẩu, rồi mời mọi người ở trang Quản trị."
    click.echo("\nBa việc tiếp theo:")
    click.echo(
        "  1. Chạy `langnghe serve` và `langnghe worker` (hai cửa sổ, hoặc dịch vụ của máy); xem `langnghe doctor`."
    )
    click.echo(f"  2. Khi trang đã mở được: {step}")
    if sheet:
        click.echo(f"  3. Mở tệp {sheet} bằng trình duyệt, in khổ A4, treo ở quầy (hoặc in từ {base_url}/quan-tri/).")
        return
    why = why_unreachable(base_url)
    said = WHY_NO_PHONE[why] if why else ""
    click.echo(f"  3. Chưa in mã QR vì địa chỉ trang là {base_url}. {said}\n     {HOW_TO_REACH}")
    click.echo(f"     Ghi vào {settings.data_dir / FILE_NAME} rồi chạy lại `langnghe setup`.")
