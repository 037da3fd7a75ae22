"""The questions of `langnghe setup`, in the order a clerk can answer them; only what is missing is asked."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from models.standard_posts import COMMUNE_POSTS
from vietnamese.text import fold
from webapp.commands import answers as read
from webapp.commands.answers import Answers, Known, PersonAnswer, UnitChoice
from webapp.commands.asking import Wrong, agree, ask, choose
from webapp.commands.founding import check_staff_file
from webapp.commands.year_ahead import year_ahead
from webapp.qr import HOW_TO_REACH, WHY_NO_PHONE
from webapp.settings import why_unreachable

MOST_SHOWN = 12
_GENDER_WORDS = {"male": "nam", "female": "nữ", "unknown": "", "": ""}


def interview(known: Known) -> Answers:
    """Ask everything; storing is somebody else's. Ends by showing the answers for a last look."""
    click.echo("Cài đặt Lắng Nghe. Enter nhận điều ghi trong ngoặc vuông. Ctrl + C dừng lại, chưa ghi gì cả.\n")
    unit = _ask_unit(known)
    answers = Answers(
        unit,
        base_url="" if known.base_url else _ask_base_url(),
        hotline="" if unit.hotline else ask("Số điện thoại đường dây nóng để in cho người dân", read.read_hotline),
        address="" if unit.address else ask("Địa chỉ nơi tiếp dân (Enter: chưa ghi)", read.read_address),
    )
    answers = _ask_staff(answers, known)
    if not unit.counters:
        answers = replace(answers, counters=_ask_counters())
    if not known.administrator_of(unit):
        answers = replace(answers, administrator=_ask_administrator(known))
    return answers


def show(answers: Answers, today: date) -> None:
    """The answers once more, for a last look before anything is written."""
    rows = [
        ("Đơn vị", str(answers.unit)), ("Địa chỉ trang", answers.base_url), ("Đường dây nóng", answers.hotline),
        ("Nơi tiếp dân", answers.address), ("Danh sách cán bộ", str(answers.staff_file or "")),
        *((read.TITLES[person.post], _named(person)) for person in answers.people),
        ("Mã QR", ", ".join((*answers.counters, "Hòm thư góp ý") if answers.counters else ())),
        ("Tên đăng nhập của người quản trị", answers.administrator),
    ]  # fmt: skip
    click.echo("\nXin xem lại:")
    for title, said in rows:
        if said:
            click.echo(f"  {title}: {said}")
    if answers.counters:
        _show_calendar(today)


def _named(person: PersonAnswer) -> str:
    gender = _GENDER_WORDS[person.gender]
    return f"{person.name} ({gender})" if gender else person.name


def _show_calendar(today: date) -> None:
    click.echo("  Ngày làm việc: thứ Hai đến thứ Sáu, hết giờ lúc 17:00. Ngày nghỉ, ngày làm bù trong 12 tháng tới:")
    for row in year_ahead(today):
        span = f"{row.first:%d/%m/%Y}" + ("" if row.first == row.last else f" – {row.last:%d/%m/%Y}")
        click.echo(f"    {'làm việc' if row.works else 'nghỉ    '}  {span}  {row.name}")
    click.echo("  Ngày nào sai thì sửa ở trang Quản trị, mục Lịch làm việc; cứ cài đặt tiếp.")


def _ask_unit(known: Known) -> UnitChoice:
    set_up = [unit for unit in known.units if unit.counters]
    if len(set_up) == 1 and agree(f"Cài đặt tiếp cho {set_up[0]}?"):
        return set_up[0]
    while True:
        typed = ask("Tên hoặc mã của xã, phường, đặc khu (không dấu cũng được)", _something)
        found = read.find_units(known, typed)
        if len(found) > MOST_SHOWN:
            click.echo(f"  ! Có {len(found)} nơi như vậy. Xin gõ rõ hơn, ví dụ: {found[0].name}, hoặc mã 5 chữ số.")
        elif not found:
            click.echo("  Không có trong danh sách.")
            if agree("Thêm mới nơi này?", default=False):
                return _ask_new_unit(known)
        elif len(found) == 1:
            click.echo(f"  {found[0]}. Không phải thì bấm Ctrl + C rồi chạy lại lệnh này.")
            return found[0]
        elif len(found) > 1:
            picked = choose("Số mấy", [*map(str, found), "Không phải những nơi này"])
            if picked < len(found):
                return found[picked]


def _something(typed: str) -> str:
    if not fold(typed):
        raise Wrong("Xin gõ tên, ví dụ: Tô Hiệu, hoặc mã 5 chữ số.")
    return typed


def _ask_new_unit(known: Known) -> UnitChoice:
    code = ask("Mã 5 chữ số của xã (theo danh mục của Cục Thống kê)", lambda typed: read.read_new_code(known, typed))
    name = ask("Tên đầy đủ, ví dụ Xã Chiềng Mai", read.read_unit_name)
    province = ask("Tỉnh, thành phố", lambda typed: read.read_province(known, typed))
    return UnitChoice(code, name, *province)


def _ask_base_url() -> str:
    click.echo("\nĐịa chỉ trang là tên miền mà điện thoại của người dân mở được; nó được in vào mã QR.")
    while True:
        address = ask("Địa chỉ trang, ví dụ https://gopy.phuong.gov.vn (Enter: chưa có, để sau)", read.read_base_url)
        why = why_unreachable(address) if address else None
        if why is None:
            return address
        click.echo(f"  ! {WHY_NO_PHONE[why]} Mã QR sẽ không được in.\n    {HOW_TO_REACH}")
        if agree("Vẫn dùng địa chỉ này để chạy thử?", default=False):
            return address


def _ask_staff(answers: Answers, known: Known) -> Answers:
    vacant = [post for post in read.ASKED_POSTS if post not in answers.unit.held]
    if not vacant:
        return answers
    click.echo("\nBa chức danh phải có người ngay; những người khác thêm sau ở trang Quản trị, cả danh sách một lần.")
    if answers.unit.held:
        titles = ", ".join(read.TITLES[post] for post in vacant)
        if not agree(f"Chưa có người: {titles}. Bổ sung bây giờ?", default=False):
            return answers
    click.echo("Gõ họ và tên, ví dụ: Lò Văn An, nam. Enter nếu chức danh chưa có người.")
    if not answers.unit.held:
        click.echo("Có sẵn danh sách trong tệp CSV thì gõ đường dẫn của tệp thay cho tên đầu tiên.")
    people: list[PersonAnswer] = []
    for post in vacant:
        said = _ask_people(post, answers if post == vacant[0] and not answers.unit.held else None)
        if isinstance(said, Path):
            return replace(answers, staff_file=said)
        people += said
    return replace(answers, people=tuple(people))


def _ask_people(post: str, may_name_file: Answers | None) -> list[PersonAnswer] | Path:
    """Who holds a post: one person, or as many vice-chairpersons as there are. The first answer may name a file."""
    repeated = " (nhiều người thì ngăn bằng dấu chấm phẩy)" if post == read.REPEATED_POST else ""

    def answer(typed: str) -> list[PersonAnswer] | Path:
        if may_name_file and read.is_path(typed):
            path = Path(typed.strip("'\"")).expanduser().absolute()
            check_staff_file(path, may_name_file.unit)
            return path
        return read.read_people(post, typed)

    said = ask(f"{read.TITLES[post]}{repeated}", answer)
    return said if isinstance(said, Path) else [_with_gender(person) for person in said]


def _with_gender(person: PersonAnswer) -> PersonAnswer:
    return person if person.gender else replace(person, gender=ask(f"  {person.name} là nam hay nữ", read.read_gender))


def _ask_counters() -> tuple[str, ...]:
    click.echo("\nMỗi quầy có một mã QR để đánh giá; ngoài ra có một mã QR chung cho hòm thư góp ý.")
    return ask("Tên các quầy (nhiều quầy thì ngăn bằng dấu chấm phẩy)", read.read_counters, read.FIRST_COUNTER)


def _ask_administrator(known: Known) -> str:
    """The usual sign-in name; asked only where somebody has it already."""
    if read.ADMINISTRATOR not in known.usernames:
        return read.ADMINISTRATOR
    click.echo("\nNgười quản trị thêm cán bộ, lịch trực, mã QR; không đọc được ý kiến của người dân.")
    return ask("Tên đăng nhập của người quản trị", lambda typed: read.read_administrator(known, typed))


assert set(read.MAIN_POSTS) <= {post.code for post in COMMUNE_POSTS}
