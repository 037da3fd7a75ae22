"""The page that shows how the service looks and speaks, made of the same style sheet, macros and drawings."""

import uuid
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from flask import current_app
from markupsafe import Markup

from models import AccessCode, CodePurpose, Unit
from reports.charts import NARROW, TrendPoint, trend
from reports.figures import decimal
from surveys.questions import Question, QuestionKind
from webapp.citizen import citizen
from webapp.citizen.forms import PROBLEMS, CitizenForm
from webapp.colours import read_colours, weakest
from webapp.db import page
from webapp.qr import qr_svg
from webapp.words import marked

DESK = 620
"""Width of the larger drawing of the sample."""
SAMPLE_CODE = "7K2M-9QXA-4T6B-1RWD"
COLOURS = (
    ("ink", marked("Mực"), marked("chữ đọc")),
    ("soft", marked("Mực nhạt"), marked("chữ phụ, gợi ý dưới nhãn")),
    ("accent", marked("Xanh cổ vịt"), marked("màu nhấn duy nhất: nút chính, đường dẫn, khuôn mặt đã chọn")),
    ("deep", marked("Xanh đậm"), marked("nút khi trỏ tới")),
    ("on", marked("Chữ trên màu nhấn"), marked("chữ trong nút chính")),
    ("bad", marked("Đỏ"), marked("chưa làm được, quá hạn")),
    ("warn", marked("Hổ phách"), marked("cần lưu ý, sắp đến hạn")),
    ("good", marked("Lục"), marked("vừa làm xong")),
    ("edge", marked("Viền"), marked("khung của ô và nút, phải nhìn thấy")),
    ("focus", marked("Vòng bàn phím"), marked("khung quanh chỗ bàn phím đang đứng")),
    ("ground", marked("Nền"), marked("nền trang")),
    ("panel", marked("Nền dịu"), marked("đầu trang, cuối trang, lời người dân")),
    ("tint", marked("Nền xanh"), marked("chỗ vừa chọn, lời nhắn")),
    ("line", marked("Kẻ mảnh"), marked("kẻ chia hàng, chỉ để trang trí")),
)
GROUNDS = ("ground", "panel", "tint", "line")
"""What others are measured on, and decoration."""
SIZES = (
    ("h1", marked("Tiêu đề trang, 27 px")),
    ("h2", marked("Tiêu đề mục, 21,6 px")),
    ("lead", marked("Câu mở đầu, 19,8 px")),
    ("text", marked("Chữ thường, 18 px, cao dòng 1,5")),
    ("fine", marked("Chữ phụ, 16,2 px")),
)
ROOMS = (("s1", 4), ("s2", 8), ("s3", 12), ("s4", 16), ("s5", 24), ("s6", 32), ("s7", 48))
CLOCKS = (
    ("overdue", marked("Quá hạn 2 ngày làm việc"), marked("hình tam giác đặc, chữ đậm")),
    ("soon", marked("Sắp đến hạn: còn 1 ngày làm việc"), marked("đồng hồ nửa đầy, chữ đậm")),
    ("in_time", marked("Còn 9 ngày làm việc"), marked("vòng tròn trống")),
    ("paused", marked("Đang chờ người gửi"), marked("hai vạch đứng")),
    ("on_time", marked("Trả lời đúng hạn"), marked("dấu đánh")),
    ("late", marked("Trả lời trễ hạn"), marked("dấu đánh trên một gạch")),
)
STATES = (
    ("unsorted", marked("chờ phân loại"), marked("dấu hỏi, viền chấm")),
    ("waiting", marked("chờ trả lời"), marked("cây bút")),
    ("submitted", marked("chờ ký"), marked("mũi tên lên")),
    ("returned", marked("bị trả lại"), marked("mũi tên quay về")),
    ("issued", marked("đã trả lời"), marked("con dấu, viền đứt")),
    ("filed", marked("đã lưu"), marked("hộp lưu, viền đứt")),
)
WORDS = (
    # (we write, not)
    (marked("Xin chọn một khuôn mặt rồi gửi lại."), marked("Trường bắt buộc chưa được nhập.")),
    (marked("Chậm nhất ngày 23/10/2026 có câu trả lời."), marked("Ý kiến sẽ được xử lý trong thời gian sớm nhất.")),
    (marked("Phường giao người phụ trách đọc."), marked("Phản ánh đã được phân luồng đến đơn vị chủ trì.")),
    (marked("Máy chưa chắc. Xin chọn giúp."), marked("Độ tin cậy thấp, yêu cầu phân loại thủ công.")),
    (marked("Chưa gửi được. Lời Ông/Bà viết còn nguyên."), marked("Thao tác không thành công.")),
    (marked("Chưa đủ phiếu để công bố."), marked("Mức hài lòng: 0")),
)  # fmt: skip


@dataclass(frozen=True)
class Swatch:
    """One colour by day and by night, with the least contrast it has where it is used."""

    token: str
    name: str
    use: str
    light: str
    dark: str
    measured: tuple[str, str] | None


@citizen.get("/giao-dien")
def look() -> Any:
    """How the service looks and speaks. No data: every name and figure on it is made up here."""
    return page(
        "citizen/look.html",
        swatches=_swatches(Path(current_app.static_folder or "") / "base.css"),
        sizes=SIZES,
        rooms=ROOMS,
        clocks=CLOCKS,
        states=STATES,
        words=WORDS,
        chosen=_sample("mau_da_chon", "4"),
        refused=_sample("mau_sai", problem=PROBLEMS[("overall", "missing")]),
        charts=_charts(),
        code=SAMPLE_CODE,
        qr=qr_svg(f"HTTPS://GOPY.EXAMPLE/T/{SAMPLE_CODE.replace('-', '')}", for_print=False),
    )


@cache
def _swatches(sheet: Path) -> tuple[Swatch, ...]:
    light, dark = read_colours(sheet.read_text(encoding="utf-8"))
    shown = []
    for token, name, use in COLOURS:
        measured = None
        if token not in GROUNDS:
            measured = (_figure(token, light), _figure(token, dark))
        shown.append(Swatch(token, name, use, light[token], dark[token], measured))
    return tuple(shown)


def _figure(token: str, tokens: dict[str, str]) -> str:
    found = weakest(token, tokens)
    return decimal(Decimal(found[0])) if found else ""


def _sample(key: str, chosen: str = "", problem: str = "") -> CitizenForm:
    """A form that belongs to no commune and is sent nowhere."""
    questions = (
        Question(key, QuestionKind.FACE, marked("Lần giao dịch vừa rồi, Ông/Bà thấy thế nào?")),
        Question(f"{key}_noi", QuestionKind.ITEM, marked("Nơi ngồi chờ sạch sẽ, đủ ghế")),
    )
    values = {question.key: chosen for question in questions if chosen}
    problems = {key: problem} if problem else {}
    return CitizenForm(
        access=AccessCode(purpose=CodePurpose.SURVEY),
        unit=Unit(name=""),
        questions=questions,
        submission_id=uuid.UUID(int=0),
        values=values,
        problems=problems,
    )


@cache
def _charts() -> tuple[Markup, Markup]:
    """A trend that shows what a chart must: doubt, a gap and too few answers. Drawn for a phone and for a desk."""
    known = (("I/2025", "79.1", "74.9", "82.8", 402), ("II/2025", "81.6", "77.8", "84.9", 448),
             ("III/2025", "84.0", "80.6", "86.9", 511), ("IV/2025", "83.2", "79.8", "86.1", 529),
             ("II/2026", "86.4", "83.3", "89.0", 553), ("III/2026", "87.2", "84.3", "89.6", 604))  # fmt: skip
    points = [TrendPoint(label, Decimal(v), Decimal(low), Decimal(high), n) for label, v, low, high, n in known]
    points.insert(4, TrendPoint("I/2026", None, None, None, 3))
    title = marked("Tỷ lệ hài lòng qua các kỳ (số liệu mẫu)")
    narrow, wide = (Markup(trend(points, title, width)) for width in (NARROW, DESK))  # noqa: S704 (our own drawing)
    return narrow, wide
