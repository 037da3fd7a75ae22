"""Words that tell a home's address from other places: tables and nothing else (pure).

Phrases are written with their diacritics; typed without them they are understood too.
"""

PARTS = {
    "house": "số nhà, nhà số, sn, s/n",
    "number": "số, nhà, trọ",
    "nth": "nhà thứ, căn thứ, hộ thứ",
    "flat": "căn hộ, căn số, căn, phòng trọ, phòng, p",
    "floor": "tầng, lầu",
    "lot": "lô, lô đất, liền kề, biệt thự, lk, bt",
    "km": "km, cây số",
    "lane": "ngõ, ngách, hẻm, hẽm, kiệt, ng, n, k",
    "street": "đường, phố, quốc lộ, tỉnh lộ, đường tỉnh, hương lộ, ql, tl, đt",
    "quarter": "tổ, tổ dân phố, tdp, khu phố, kp, khối, khối phố, khóm, khu, tiểu khu, cụm, cụm dân cư, ấp, thôn, xóm, "
    "bản, buôn, bon, làng, plei, phum, sóc, đội, nhánh, kênh, đường bờ kênh, bờ kênh",
    "estate": "khu tái định cư, tái định cư, khu tđc, khu dân cư, kdc, khu đô thị, kđt, khu nhà ở",
    "building": "chung cư, cc, tòa nhà, tòa, toà, block, khu tập thể, tập thể, ktx, ký túc xá, ký túc xá sinh viên, "
    "nhà trọ, khu trọ, xóm trọ, dãy trọ, dãy, khu nhà trọ, ct, hh",
}  # fmt: skip
"""How each part of an address begins."""

GLUED = frozenset({"p", "lk", "bt", "k", "n", "ng", "ct", "hh"})
"""Abbreviations that count only with a number glued to them or after a point: "P502", "ng.155"."""

SPOKEN = "một, hai, ba, bốn, tư, năm, lăm, sáu, bảy, bẩy, tám, chín, mười, mươi, trăm, linh, lẻ, mốt, nhất, nhì"

PERSONS = """
    tôi|tui|tao|em|e|mình|mk|mềnh|con|cháu|bác|chú|cô|cô giáo|anh|chị|ông|bà|cụ|mẹ|má|mế|mạ|bố|ba|cha|t|dì|cậu|thím|mợ|
    bọn em|chúng tôi|chúng em|chúng con|chúng mình|tụi em|tụi con|vợ chồng|gia đình|aê|mí|oi|nó|họ
"""
RELATIONS = "sau|cạnh|bên|gần|kế|sát|đối diện|trước|ngay|kề|giáp|cách|đầu|cuối|sau lưng|chỗ"

# Numbered things that are no homes: "quầy số 4", "thang máy số 2".
THINGS = """
    quầy cột điện cống đèn trụ xe tuyến bàn cửa thửa điều khoản mục chốt kiốt kiot ốt điểm sạp lớp bài cầu cổng phiếu
    lai mời định báo biển lệnh bơm máy buýt trạm tờ mẫu ghế giường hồ đập ga hẹn thư văn luật án bến lò kho mã hầm
    ô áp chợ quyển đơn hố nắp đoàn nhóm ca bãi phòng tầng
"""
UNCLEAR_THINGS = frozenset({
    "den", "cua", "ban", "cong", "dinh", "ho", "ba", "an", "ca", "don", "mau", "van", "bao", "ap", "o", "to", "cho",
    "ga", "hen", "thu", "tru",
})  # fmt: skip
"""Things whose bare form is mostly another word: "đến số 5", "bản", "hộ số 5"."""
THING_PAIRS = frozenset({"cot den", "cot dien", "cot tru", "tru den", "bien ap"})
UNCLEAR_HEADS = frozenset({"to", "doi", "cum", "khu", "day"})
"""Heads whose bare form is mostly another word, so that no name in lower case counts behind it: "đợi hai tiếng"."""

STREET_STARTS = """
    nguyễn lê lý trần ngô võ vũ đinh phan phạm mạc tô lương cao tôn hai bà hàng quang hùng hoàng huỳnh đặng bùi trương
    điện cách bạch hồng lạc âu chu cù đào đoàn đỗ dương hà hồ kim lạch lâm mai nam ngọc phùng tạ thái tống triệu trịnh
    trường tây thanh văn xuân yên an cầu hòa hưng tân
"""
"""What names of streets in lower case begin with."""

# Offices and trades: where they stand is public. One syllable counts only in its own spelling.
OFFICES = """
    trụ sở|ubnd|hđnd|ủy ban|uỷ ban|công an|trạm y tế|trạm xá|nhà văn hóa|nhà sinh hoạt|nhà thi đấu|bưu điện|bưu cục|
    bộ phận một cửa|một cửa|văn phòng|trung tâm|chi nhánh|ngân hàng|bệnh viện|phòng khám|nhà thuốc|hiệu thuốc|
    trường học|trường mầm non|trường mẫu giáo|trường tiểu học|trường thcs|trường thpt|trường trung học|mầm non|
    công ty|doanh nghiệp|hợp tác xã|nhà máy|xí nghiệp|xưởng gỗ|xưởng may|cơ sở|khách sạn|nhà nghỉ|nhà hàng|karaoke|
    quán ăn|quán nhậu|quán cơm|quán bia|quán net|quán cà phê|quán cafe|quán phở|cà phê|cửa hàng|cửa hiệu|đại lý|
    cây xăng|siêu thị|gara|garage|bãi xe|bãi giữ xe|nhà thờ|ban quản lý|hội trường|phòng công chứng|công chứng|spa|
    tiệm vàng|vựa|lò mổ|lò giết mổ|kho bạc|thư viện|công viên
"""
SHORT_OFFICES = "trường|quán|chợ|chùa|đình|tiệm|xưởng|shop|kho|đền|bar"
