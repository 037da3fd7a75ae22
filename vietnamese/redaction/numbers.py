"""Telephone, identity and account numbers and e-mail addresses (pure).

A number alone says little: twelve digits are an identity card or an account. So the nearest word before it decides
("cccd", "stk", "mst"), then its shape, and sums, dates, years and hotlines are left alone.
"""

import re
from collections.abc import Iterator, Sequence

from vietnamese.redaction.details import HIDDEN, Detail, Kind, flat

# --- e-mail ---

_AT = r"(?:\s?(?:@|\((?:a|at|@)\)|\[(?:a|at|@)\])\s?| a cong )"
_DOT = r"(?:\.|\s?\.\s(?=com\b|vn\b)| cham | dot |\s?\((?:dot|cham|\.)\)\s?)"
_HOST = rf"[a-z0-9][a-z0-9-]{{0,62}}(?:{_DOT}[a-z0-9-]{{2,63}}){{1,5}}"
_MAIL_HOSTS = r"(?:gmail|yahoo|hotmail|outlook|icloud)"
_EMAIL = re.compile(
    rf"(?<![a-z0-9._%+-])[a-z0-9_][a-z0-9._%+-]{{0,63}}"
    rf"(?:{_AT}{_HOST}| at {_MAIL_HOSTS}{_DOT}com(?:{_DOT}vn)?|(?<=\d){{1}} ?{_MAIL_HOSTS}{_DOT}com(?:{_DOT}vn)?)(?!\w)"
)

# Where mail is announced, its first part may be typed in pieces: "mail: thanh tung 95 @ yahoo.com".
_ANNOUNCED_EMAIL = re.compile(
    r"(?<!\w)(?:e-?mail|mail|gmail|thu dien tu|hop thu|hom thu|gui ve|gui qua)"
    r"(?: (?:cua|toi|em|minh|con|chau|la))*[ :]{1,3}"
    rf"(?P<email>(?:[a-z0-9._%+-]{{1,30}} ){{1,3}}[a-z0-9._%+-]{{0,30}}{_AT}{_HOST})(?!\w)"
)


def find_emails(text: str) -> Iterator[Detail]:
    """E-mail addresses, also with (a), (at), "a còng" and "chấm"."""
    folded = flat(text)
    spans = {match.span("email") for match in _ANNOUNCED_EMAIL.finditer(folded)}
    spans |= {match.span() for match in _EMAIL.finditer(folded)}
    taken = 0
    for start, end in sorted(spans):
        if start >= taken:
            yield Detail("email", start, end)
            taken = end


# --- what a number may be, by the words before it ---

_BANKS = (
    "vietcombank|vcb|bidv|agribank|agri|vietinbank|viettinbank|vietin|techcombank|tcb|mb ?bank|mbb|sacombank|vpbank|"
    "acb|tpbank|hdbank|vib|shb|seabank|lpbank|lienvietpostbank|lienviet|eximbank|msb|ocb|scb|nam a bank|pvcombank|"
    "ncb|bac a bank|abbank|kienlongbank|vietbank|ngan hang"
)
_LEADS: dict[Kind, str] = {
    "phone": "sdt|s dt|so dt|dt|dtdd|dien thoai|dthoai|dt ban|di dong|may ban|so may|lien he|lien lac|goi|zalo|zl|alo|"
    "nhan tin|nt|hotline|phone|tel|fax|mobile|goi lai|goi cho|nghe may|bam may|viber",
    "citizen_id": "cccd|can cuoc|cmnd|cmt|cmtnd|cm nd|chung minh|dinh danh|can cuoc cong dan|giay cu|"
    "giay chung minh|giay to ghi|so giay to|ddcn|cc so",
    "bank": f"tk|stk|so tk|tai khoan|tkhoan|the atm|atm|so the|chuyen khoan|ck vao|vao so|{_BANKS}",
    "file_number": "mst|ma so|ma so thue|ma so doanh nghiep|bhxh|bhyt|bao hiem|bao hiem xa hoi|bao hiem y te|ho khau|"
    "so ho khau|the bh|ho chieu|bang lai|gplx|giay phep lai xe|seri|so phat hanh|"
    "ma kh|ma khach hang|ma ho|ma hs|ma ho so|ma don|ma tra cuu|hoa don|so khung|van don",
}
_LEAD = re.compile(
    "(?<![a-z0-9])(?:"
    + "|".join(f"(?P<{kind}>{words})" for kind, words in _LEADS.items())
    + r")(?![a-z])(?=[^.;?!\n]*(?:\.[^.;?!\n]*)?$)"
)
_WINDOW, _NEAR, _BESIDE = 60, 28, 16
"""Characters before a number that are looked at, that make a word near, and that let it outweigh a shape."""
_BANK_AFTER = re.compile(rf"[ ,(]{{0,3}}(?:cua |tai |nh )?(?:{_BANKS})(?![a-z])")
_HOTLINE = re.compile(r"(?:duong day nong|hotline|tong dai)(?: \w+){0,3}[ :]{0,2}$")
_UNIT_AFTER = re.compile(
    r" ?(?:d|dong|vnd|k|nghin|ngan(?! hang)|tr|trieu|ty|ti|m2|m|km|kg|ha|nguoi|ho|con|tan|lit|usd|%|met|suat|cay)"
    r"(?![a-z0-9])"
)

# --- what is a number and nobody's ---

_INNOCENT = re.compile(
    r"""(?x)
    (?<![\d.])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d(?![\d.]\d|\d)        # day
    | (?<![\d.])(?:18|19)00[ .-]?\d{4}(?:[ .-]?\d\d)?(?!\d)             # service number
    | (?<![\d.])\d\.\d{6}(?:\.\d\d(?:\d)?)*(?:\.h\d\d)?                  # administrative procedure
    | (?<![\d.])[1-9]\d{0,2}(?:[.,]\d{3})+(?:[.,]\d{1,2})?\ ?(?:d|dong|vnd|k|nghin|trieu|m2|m3|m|usd|/)(?![a-z0-9])
    | (?<![\d.])[1-9]\d{0,2}(?:\.\d{3})*\.000(?![\d.]\d|\d)              # round sum
    | (?<!\d)\d{1,4}/\d{4}/[a-z]\w*(?:-[a-z]+)*                          # law
    | (?<!\d)\d{1,2}\.\d{4,}\ ?[,;]\ ?\d{2,3}\.\d{4,}                    # place on the globe
    """
)
_GROUP = re.compile(r"\+?(?:\d[\do]*|(?<![a-z])o\d[\do]*)")
_GAP = re.compile(r"[ .\-–]{1,3}|\) ?|\)[.-]")
_MOST_GROUPS = 13


def find_numbers(text: str) -> Iterator[Detail]:
    """Telephone, identity, account and other long numbers written in digits, in groups or not."""
    folded = _INNOCENT.sub(lambda match: HIDDEN * len(match.group()), flat(text))
    for run in _runs(folded):
        place = 0
        while place < len(run):
            stop, kind = _best(folded, run, place)
            if kind is not None:
                yield _detail(folded, kind, run[place][0], run[stop - 1][1])
            place = stop


def _best(text: str, run: list[tuple[int, int]], place: int) -> tuple[int, Kind | None]:
    """(group after the number that begins at group `place`, its kind); the next group and None where none begins.

    Two numbers may stand side by side ("0912 345 678 - 0978 111 222"), so what has a shape goes before what is only
    long, and what has the shape that was announced before both. An account or a file has no shape.
    """
    stops: Sequence[int] = range(min(len(run), place + _MOST_GROUPS), place, -1)
    lead, distance = _lead(text, run[place][0])
    announced = lead in ("bank", "file_number") and distance <= _BESIDE
    if not announced and not _BANK_AFTER.match(text, run[-1][1]):
        shapes = {stop: _shape(_digits(text, run[place:stop]), text[run[place][0]] == "+") for stop in stops}
        stops = sorted(stops, key=lambda stop: (shapes[stop] != lead or lead is None, shapes[stop] is None, -stop))
        alone = _shape(_digits(text, run[place : place + 1]), text[run[place][0]] == "+")
        if alone is not None:
            stops = [place + 1]
    for stop in stops:
        kind = _kind_of(text, run[place:stop])
        if kind is not None:
            return stop, kind
    return place + 1, None


def _digits(text: str, groups: list[tuple[int, int]]) -> str:
    return "".join(text[first:last].lstrip("+").replace("o", "0") for first, last in groups)


def _detail(text: str, kind: Kind, start: int, end: int) -> Detail:
    """The detail with the bracket of "(+84)"."""
    opened = start and text[start - 1] == "(" and ")" in text[start:end]
    return Detail(kind, start - 1 if opened else start, end)


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """Groups of digits that stand together, as spans; those that belong to a word, a fraction or a sum are left out."""
    run: list[tuple[int, int]] = []
    for match in _GROUP.finditer(text):
        start, end = match.span()
        if run and (not _GAP.fullmatch(text[run[-1][1] : start]) or _is_next(text, run, start)):
            yield from _whole(text, run)
            run = []
        if _stands_alone(text, start, end):
            run.append((start, end))
        elif run:
            yield run
            run = []
    yield from _whole(text, run)


def _is_next(text: str, run: list[tuple[int, int]], start: int) -> bool:
    """Whether a dash between spaces parts a whole number from what begins at `start`."""
    return text[run[-1][1] : start] in (" - ", " – ") and sum(last - first for first, last in run) >= 9


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return end - start >= 9 or not (before.isalpha() or after.isalpha() or before == "," or after == "%")


def _whole(text: str, run: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The run, unless it is part of a fraction or a law's number: two telephone numbers may stand around a stroke."""
    if not run:
        return
    start, end = run[0][0], run[-1][1]
    stroke = "/" in (text[start - 1 : start], text[end : end + 1])
    if not stroke or sum(last - first for first, last in run) >= 9:
        yield run


def _kind_of(text: str, groups: list[tuple[int, int]]) -> Kind | None:
    """What the number in `groups` is, None where it is nobody's."""
    start, end = groups[0][0], groups[-1][1]
    plus = text[start] == "+"
    written = [text[first:last].lstrip("+").replace("o", "0") for first, last in groups]
    digits = "".join(written)
    if not 6 <= len(digits) <= 20 or all(re.fullmatch("(?:19|20)[0-9][0-9]", group) for group in written):
        return None
    lead, distance = _lead(text, start)
    if lead is None and len(digits) >= 8 and _BANK_AFTER.match(text, end):
        lead, distance = "bank", 0
    shape = _shape(digits, plus)
    if shape == "phone" and digits.startswith("02") and _HOTLINE.search(text[max(0, start - 40) : start]):
        return None
    sure = lead is not None and distance <= _BESIDE and len(digits) >= 9
    if shape is None and (_round(digits, lead) or (not sure and _UNIT_AFTER.match(text, end))):
        return None
    return _by_lead(digits, lead, distance, shape) or shape or _by_length(digits, lead, len(groups))


def _lead(text: str, start: int) -> tuple[Kind | None, int]:
    """What the last telling word before `start` in the same sentence says, and how far away it ends."""
    before = text[max(0, start - _WINDOW) : start]
    before = before[before.rfind(HIDDEN) + 1 :]
    found = list(_LEAD.finditer(before))
    if not found:
        return None, _WINDOW
    kind: Kind = found[-1].lastgroup  # type: ignore[assignment]
    return kind, len(before) - found[-1].end()


def _shape(digits: str, plus: bool) -> Kind | None:
    if plus and 9 <= len(digits) <= 15:
        return "phone"
    if re.fullmatch(r"(?:0|84|840)[35789]\d{8}|02\d{8,9}|842\d{8,9}|01[2689]\d{8}", digits):
        return "phone"
    # An identity number begins with the code of one of at most 96 provinces, then century and sex.
    return "citizen_id" if re.fullmatch(r"0[0-9]{2}[0-5]\d{8}", digits) and digits[:3] <= "096" else None


def _round(digits: str, lead: Kind | None) -> bool:
    return digits.endswith("000") and digits[0] != "0" and lead != "citizen_id" and len(digits) < 13


def _by_lead(digits: str, lead: Kind | None, distance: int, shape: Kind | None) -> Kind | None:
    """The kind that a word close by gives; further away, a telling shape is stronger."""
    size = len(digits)
    if lead is None or (shape is not None and shape != lead and distance > _BESIDE):
        return None
    if lead == "phone":
        return "phone" if shape is None and (8 <= size <= 12 or (size == 7 and distance < 6)) else None
    if lead == "citizen_id":
        return "citizen_id" if shape != "phone" and 8 <= size <= 13 and (distance <= _NEAR or size in (9, 12)) else None
    if lead == "bank":
        return "bank" if 8 <= size <= 19 or distance <= 12 else None
    return "file_number" if size <= 15 else None


def _by_length(digits: str, lead: Kind | None, groups: int) -> Kind | None:
    """What a long number without a telling shape most likely is; a short one is nobody's."""
    size = len(digits)
    if size == 9 or (size == 12 and lead == "citizen_id"):
        return "citizen_id"
    if size == 10:
        return "file_number"
    return "bank" if 11 <= size <= 19 else None


# --- numbers said in words ---

_DIGIT = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|\d{1,4})"
_SAID = re.compile(rf"(?<!\w){_DIGIT}(?:[\s,.;-]{{1,3}}{_DIGIT}(?!\w)){{6,}}")
_SAID_WORD = re.compile(r"[a-z]+|\d+")
_MOBILE_START = ("ba", "nam", "bay", "tam", "chin")


def find_spoken_numbers(text: str) -> Iterator[Detail]:
    """Telephone numbers said in words: "không chín tám, ba bốn năm, …"."""
    folded = flat(text)
    for match in _SAID.finditer(folded):
        words = [(word.group(), match.start() + word.end()) for word in _SAID_WORD.finditer(match.group())]
        spoken = sum(word.isalpha() for word, _ in words)
        ends, count = [], 0
        for word, end in words:
            count += 1 if word.isalpha() else len(word)
            ends.append((count, end))
        if spoken < 3 or count < 9:
            continue
        # What follows the tenth digit of a mobile number may be "hai lần".
        ten = [end for size, end in ends if size == 10]
        mobile = words[0][0] in ("khong", "0") and len(words) > 1 and words[1][0] in _MOBILE_START
        yield Detail("phone", match.start(), ten[0] if mobile and ten and count <= 13 else match.end())
