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


def interview(known: Known, today: date) -> Answers:
    """Ask everything; storing is somebody else's. Ends by showing the answers for a last look."""
    click.echo("Cài đặt Lắng Nghe. Enter nhận điều ghi trong ngoặc vuông. Ctrl + C dừng lại, chưa ghi gì cả.\n")
    unit = _ask_unit(known)
    answers = Answers(
        unit,
        base_url="" if known.base_url else _ask_base_url(),
        hotline="" if unit.hotline else ask("Số điện thoại đường dây nóng để in cho người dân", read.read_hotline),
        address="" if unit.address else ask("Địa chỉ nơi tiếp dân (Enter: chưa ghi)", read.read_address),
    )
    if not unit.counters:
        _confirm_calendar(today)
    answers = _ask_staff(answers, known)
    if not unit.counters:
        answers = replace(answers, counters=_ask_counters())
    if not known.administrator_of(unit):
        answers = replace(answers, administrator=_ask_administrator(known))
    return answers


def show(answers: Answers) -> None:
    """The answers once more, for a last look before anything is written."""
    rows = [
        ("Đơn vị", str(answers.unit)), ("Địa chỉ trang", answers.base_url), ("Đường dây nóng", answers.hotline),
        ("Nơi tiếp dân", answers.address), ("Danh sách cán bộ", str(answers.staff_file or "")),
        *((read.TITLES[person.post], f"{person.name} ({_GENDER_WORDS[person.gender]})") for person in answers.people),
        ("Mã QR", ", ".join((*answers.counters, "Hòm thư góp ý") if answers.counters else ())),
        ("Người quản trị", answers.administrator),
    ]  # fmt: skip
    click.echo("\nXin xem lại:")
    for title, said in rows:
        if said:
            click.echo(f"  {title}: {said}")


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
        elif len(found) == 1 and agree(f"{found[0]}, đúng không?"):
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


def _confirm_calendar(today: date) -> None:
    click.echo("\nNgày làm việc: thứ Hai đến thứ Sáu, hết giờ lúc 17:00. Trong 12 tháng tới, ngoài thứ Bảy, Chủ nhật:")
    for row in year_ahead(today):
        span = f"{row.first:%d/%m/%Y}" + ("" if row.first == row.last else f" – {row.last:%d/%m/%Y}")
        click.echo(f"  {'làm việc' if row.works else 'nghỉ    '}  {span}  {row.name}")
    if not agree("Lịch này có đúng không?"):
        click.echo(
            "  Vẫn cài đặt tiếp được. Ngày nghỉ, ngày làm bù được sửa trong bảng SWAPS của vietnamese/calendar.py"
        )
        click.echo("  và đến cùng bản cập nhật chương trình: xin báo ngày sai cho người phụ trách phần mềm của tỉnh.")


def _ask_staff(answers: Answers, known: Known) -> Answers:
    vacant = [post for post in read.MAIN_POSTS if post not in answers.unit.held]
    if not vacant:
        return answers
    click.echo("\nLãnh đạo và cán bộ: ý kiến của người dân được chuyển đến họ.")
    if answers.unit.held:
        titles = ", ".join(read.TITLES[post] for post in vacant)
        if not agree(f"Chưa có người: {titles}. Bổ sung bây giờ?", default=False):
            return answers
    else:
        file = ask("Đường dẫn tệp danh sách CSV (Enter: trả lời từng chức danh)", lambda typed: _file(answers, typed))
        if file:
            return replace(answers, staff_file=file)
    click.echo("Gõ họ và tên, ví dụ: Lò Văn An, nam. Enter nếu chức danh chưa có người.")
    people: list[PersonAnswer] = []
    for post in vacant:
        people += _ask_people(post)
    return replace(answers, people=tuple(people))


def _file(answers: Answers, typed: str) -> Path | None:
    if not typed:
        return None
    path = Path(typed.strip("'\"")).expanduser().absolute()
    check_staff_file(path, answers.unit)
    return path


def _ask_people(post: str) -> list[PersonAnswer]:
    """One person, or for vice-chairpersons as many as there are."""
    people: list[PersonAnswer] = []
    while True:
        number = f" thứ {len(people) + 1} (Enter: hết)" if people else ""
        person = ask(f"{read.TITLES[post]}{number}", lambda typed: _other(read.read_person(post, typed), people))
        if person is None:
            return people
        if not person.gender:
            person = replace(person, gender=ask(f"  {person.name} là nam hay nữ", read.read_gender))
        people.append(person)
        if post != read.REPEATED_POST:
            return people


def _other(person: PersonAnswer | None, before: list[PersonAnswer]) -> PersonAnswer | None:
    if person and fold(person.name) in {fold(one.name) for one in before}:
        raise Wrong(f"{person.name} đã có ở trên. Xin gõ người khác, hoặc Enter nếu hết.")
    return person


def _ask_counters() -> tuple[str, ...]:
    click.echo("\nMỗi quầy có một mã QR để đánh giá; cả xã có một mã cho hòm thư góp ý.")
    counters = [ask("Tên quầy thứ nhất", read.read_counter, read.FIRST_COUNTER)]

    def other(typed: str) -> str:
        if fold(typed) in map(fold, counters):
            raise Wrong(f"Quầy {typed} đã có ở trên. Xin gõ tên khác, hoặc Enter nếu hết.")
        return read.read_counter(typed)

    while more := ask(f"Tên quầy thứ {len(counters) + 1} (Enter: hết)", other):
        counters.append(more)
    return tuple(counters)


def _ask_administrator(known: Known) -> str:
    click.echo("\nNgười quản trị thêm cán bộ, lịch trực, mã QR; không đọc được ý kiến của người dân.")
    default = read.ADMINISTRATOR if read.ADMINISTRATOR not in known.usernames else ""
    return ask("Tên đăng nhập của người quản trị", lambda typed: read.read_administrator(known, typed), default)


assert set(read.MAIN_POSTS) <= {post.code for post in COMMUNE_POSTS}
