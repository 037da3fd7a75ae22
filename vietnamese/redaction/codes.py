"""Numbers of files, cards and plates: what identifies a person's paper and is no plain number (pure)."""

import re
from collections.abc import Iterator

from vietnamese.redaction.details import Detail, flat

# File codes of the one-stop system, also short ones: H62.18-260401-0209, 000.27.11.H14-260118-0066, H28-26-004417.
_FILE = re.compile(
    r"(?<![\w.])(?:\d{3}(?:\.\d{2}){1,3}\.)?[a-z]\d{2}(?:\.\d{1,4}){0,4}(?:-\d{2,8}){1,2}-\d{2,8}(?![\w-])"
)
# Two letters and thirteen digits, in any groups.
_HEALTH_CARD = re.compile(r"(?<!\w)(?!tk)[a-z]{2}[ -]?\d(?:[ .-]?\d){12}(?!\d)")
_BEFORE_CARD = re.compile(r"(?<!\w)(?:bhyt|bh|bao hiem)(?!\w)")
_PLATE = re.compile(
    r"(?<![\w.,/])\d{2}[ -]?(?:[a-z]{1,2}|[a-z]\d)[ -]{0,3}(?:\d{3}[. ]?\d{2}|\d{4})(?![\w/]|[.,]\d)"
    r"|(?<![\w.,/])[a-z]{2}[ -]\d{2}[-. ]\d{2}(?!\w)"
)
_BEFORE_PLATE = re.compile(r"(?<!\w)(?:bien|bks|bsx|bs|xe|o to|oto|moto|giay xe|dang ky xe)(?!\w)[^.;\n]{0,24}$")
# Letters and digits in one piece with many digits: a customer's number, a passport.
_MIXED = re.compile(r"(?<![\w./-])(?=[a-z]*\d)(?=[\d-]*[a-z])(?=(?:[a-z-]*\d){6})[a-z0-9]+(?:-[a-z0-9]+)*(?![\w/-])")
_LONGEST_MIXED = 30
_TELEPHONE = re.compile(r"(?<!\d)(?:0|84)[235789]\d{8,9}(?!\d)")
_SUM = re.compile(r"[\d-]+(?:k|d|tr|trieu|dong|vnd|m|m2|km|kg|h|ha)")

_PAPERS = (
    "ma ho so|ma so ho so|ho so so|ho so ma|so ho so|ma hs|hs so|ma tra cuu|ma so thue|mst|ma so|ma khach hang|ma kh|"
    "ma ho|ma don|ma van don|ma hoa don|ma hop dong|ma the|ma|bien nhan|bien lai|giay hen|giay tiep nhan|phieu hen|"
    "phieu tiep nhan|giay chuyen tuyen|giay chuyen vien|giay ra vien|giay chung sinh|hop dong|hoa don|the bhyt|bhyt|"
    "the bao hiem|bao hiem y te|the bh|so bhxh|bhxh|bao hiem xa hoi|ho khau|ho chieu|passport|giay phep lai xe|gplx|"
    "bang lai|so phat hanh|seri|so do|so hong|giay chung nhan|so khung|so may|bien so|bien kiem soat|bks"
)
# Some words may stand between: "biên lai thu phí số AB/24P 0003719", "mã kh của tôi PA09KX0012748".
_PAPER = re.compile(
    rf"(?<!\w)(?P<paper>{_PAPERS})(?!\w)(?::| la)?(?: [a-z]+){{0,5}}?[ :(]{{1,3}}(?:so |ma )?(?:la )?[:(]? ?"
    r"(?P<code>(?:[a-z0-9]{1,12}[-./]){0,4}[a-z]{0,8}\d[a-z0-9]{0,24}(?:[-./][a-z0-9]{1,16}){0,6}(?:[ -]\d{3,10}){0,4})"
    r"(?![\w/]|[.,]\d)"
)
_LAW = re.compile(r"/\d{4}/|(?:^|[/-])(?:qd|nd|tt|nq|ct|tb|kh|bc|cv|qh|ttr|ubnd|cp|hdnd|tw)(?:\d*$|[-/])")
_NUMBERED = re.compile(r"\d")
_DAY_OR_SUM = re.compile(
    r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|(?:19|20)\d\d|\d{1,3}(?:\.\d{3})+(?:d|k|dong)?|\d+(?:k|d|tr|m2|m|km|h\d*)"
)


def find_codes(text: str) -> Iterator[Detail]:
    """File, card, customer and passport numbers, receipts and plates; several ways may find overlapping ones once."""
    folded = flat(text)
    taken = 0
    found = [*_by_form(text, folded), *_by_paper(text, folded)]
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= taken:
            yield Detail("file_number", start, end)
            taken = end


def _by_form(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """What looks like nothing else."""
    for match in _FILE.finditer(folded):
        yield match.span()
    for match in _HEALTH_CARD.finditer(folded):
        if text[match.start() : match.start() + 2].isupper() or _BEFORE_CARD.search(folded[: match.start()][-20:]):
            yield match.span()
    for match in _PLATE.finditer(folded):
        if _is_plate(text, folded, match):
            yield match.span()
    for match in _MIXED.finditer(folded):
        plain = _SUM.fullmatch(match.group()) or _TELEPHONE.search(match.group())
        if match.end() - match.start() <= _LONGEST_MIXED and not plain:
            yield match.span()


def _is_plate(text: str, folded: str, match: re.Match[str]) -> bool:
    """Five digits after capitals are enough; else the words before must speak of a vehicle."""
    digits = sum(map(str.isdigit, match.group()))
    capitals = any(map(str.isupper, text[match.start() : match.end()]))
    if match.group()[0].isdigit() and digits >= 7 and capitals:
        return True
    return _BEFORE_PLATE.search(folded[max(0, match.start() - 40) : match.start()]) is not None


def _by_paper(text: str, folded: str) -> Iterator[tuple[int, int]]:
    """What follows the name of a paper."""
    for match in _PAPER.finditer(folded):
        if _is_code(match["paper"], text[match.start("paper") : match.end("paper")].lower(), match["code"]):
            yield match.span("code")


def _is_code(paper: str, spelled: str, code: str) -> bool:
    digits = len(_NUMBERED.findall(code))
    plain = not any(map(str.isalpha, code)) and "/" not in code
    if digits < 3 or _LAW.search(code) or _DAY_OR_SUM.fullmatch(code):
        return False
    # Long plain numbers are told apart by their shape too, and that is done elsewhere.
    if plain and (digits >= 8 or digits < 4):
        return False
    # Without diacritics "ma" is mostly "mà", so a plain number behind it tells nothing.
    return paper != "ma" or spelled == "mã" or (digits >= 5 and not plain)
