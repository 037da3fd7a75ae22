"""Words that tell a person's name from other words: long lists and nothing else (pure).

Phrases are written with their diacritics; typed without them they are understood too.
"""

from vietnamese.text import fold


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


SURNAMES_SPELLED = _words("""
    An Ân Âu Bá Bạc Bạch Bàn Bàng Bành Bao Bảo Bế Biện Bồ Bùi Bì Ca Cà Cái Cam Cầm Cao Cát Chá Chan Chang Cháng Chảo
    Cháo Chấu Chế Chìu Chíu Chớ Chờ Chu Chung Cồ Công Cổ Cung Cù Cứ Cư Cút Dàng Danh Dìu Dịp Dình Diệp Doãn Dơ Dư
    Dương Đàm Đan Đàng Đào Đặng Đậu Đèo Điểu Điền Điêu Đinh Đoàn Đổng Đồng Đỗ Đới Giàng Giả Già Giang Giáp Hà Hạ
    Hạng Hàn Hảng Hầu Hậu Hoa Hoàng Hỏa Hồ Hồng Hờ Huỳnh Hứa Hủng Hùng Hưng Kha Khà Khang Kháng Khằm Khiếu Khoàng
    Khổng Khuất Khúc Khương Kiên Kiều Kim La Lã Lạc Lai Lại Lang Lãnh Lăng Lâm Lầu Lâu Lê Lèo Lều Lềnh Lềm Liêu Liễu
    Linh Lò Lô Lộ Lỗ Long Lộc Lù Lũ Lục Lự Lữ Lừ Lưu Lương Lường Luyện Ly Lý Lỳ Lỷ Má Mã Ma Mạ Mạc Mạch Mai Mào Mè
    Mẫn Mẽ Mùa Mong Moong Mông Ngải Ngân Nghiêm Nghị Ngô Ngôn Ngọ Ngụy Nguyễn Nhâm Nhan Nhữ Ninh Niê Nông Nùng Ổn Pờ
    Páo Phàn Phàng Phạm Phan Phí Phó Phòng Phù Phú Phùng Phương Phừ Pừ Pịt Quách Quan Quản Quang Quàng Quảng Quyền
    Quế Sái Sầm Sa Sạ Sằn Sì Sín Sìn Sình Sính Sơn Sồng Song Sừng Sùng Tạ Tào Tạo Tao Tải Tẩn Tằng Tăng Tất Tếnh
    Thạch Thái Thài Thang Thàng Thào Thân Thập Thẩm Thền Thiều Thị Thiên Thòng Thò Thông Ti Tiêu Tiền Tiếp Tiết Tô
    Tòng Tống Tôn Trần Tráng Trang Triệu Trịnh Trình Trưng Trương Trượng Trường Từ Tưởng Ty Ứng Ung Uông Vạn Vàng
    Vảng Văn Vần Và Vi Vì Viêm Viên Vòng Voòng Võ Vũ Vừ Vương Xa Xái Xồng Xín Ya Yên Y Kpă Ksor Rơ Rcom Rmah Siu
    Rahlan Êban Mlô Ayun Kbuôr Byă Hwing Knul Ênuôl Bkrông Hmok Adrơng Ktla Buôn Krông Alăng Arất Bhling Zơrâm
    Pơloong Bnướch Bríu Coor Hôih Ating Hiên Kring Tơngôl Neáng Chau Thuận Não Cơ Đạt Ka Rơông K'să Cil Kơ Kră Kon
    Bon Touneh Tou Chamaléa Pinăng Katơr Pi Tà Mang Mấu Pinang Bo
""")
"""Family names of many peoples of Vietnam, as they are spelled."""

# In lower case without diacritics nearly all family names are other words too; these are not.
CLEAR_SURNAMES = _words("""
    nguyen hoang pham phan dang dinh trinh huynh bui khuat giang thao tran truong duong quach luong phung
""")
MONG_SURNAMES = _words("""
    giang vang vu sung thao hang ho lau ly mua cu ma trang hau chang cha song lu li phang chao tan phan cho
""")
"""Family names before "A", folded: "vu a lau" is a name, "vì a họ" is not."""

MIDDLE_NAMES = _words("""
    thi van a seo
""")
"""The words after a family name that show a name even in lower case, folded."""
MORE_MIDDLE_NAMES = _words("""
    mí bá chứ đình đức hữu xuân ngọc minh quang công thanh hoàng thúy thùy kim hồng diệu phương thu việt quốc trọng
    tiến duy gia bảo anh hải mai mỹ tuyết lan bích mùi quẩy tả láo xuyến go sín lừa phò seng như khánh tuấn mạnh
    hoài
""")
"""Further middle names, as spelled: enough after "tên là"."""

KIN = """
    ông, bà, anh, chị, cô, chú, bác, cậu, dì, mợ, thím, thầy, cụ, em, cháu, bạn, con, bé, bố, mẹ, ba, má, cha, vợ,
    chồng, mế, già, thằng, lão, mụ, gã, ngài, đồng chí, đ/c, đc, sếp, ông bà, vợ chồng, anh chị, hai anh em, con
    trai, con gái, con dâu, con rể, cháu nội, cháu ngoại, cháu gái, cháu trai, cháu nhỏ, em gái, em trai, em dâu, em
    rể, em họ, em bé, anh trai, anh rể, anh họ, chị gái, chị dâu, chị họ, bố vợ, mẹ vợ, bố chồng, mẹ chồng, bố đẻ,
    mẹ đẻ, ông nội, bà nội, ông ngoại, bà ngoại, cô giáo, thầy giáo, chồng em, vợ tôi, chồng tôi, bố tôi, mẹ tôi, bố
    em, mẹ em, con tôi, con em, cháu tôi, em tôi, anh tôi, chị tôi, vợ em, bố cháu, mẹ cháu, bà ngoại tôi, ông nội
    tôi, con trai tôi, con gái tôi, vợ chồng anh, nhà, nhà em, nhà tôi, hộ, hộ nhà, hộ gia đình, gia đình, con trai
    em, con gái em, cô bé, cậu bé
"""
ROLES = """
    cán bộ, công chức, nhân viên, chuyên viên, viên chức, chiến sĩ, bác sĩ, bác sỹ, y sĩ, y sỹ, y tá, dược sĩ, điều
    dưỡng, hộ sinh, kỹ sư, luật sư, giáo viên, hiệu trưởng, hiệu phó, kế toán, văn thư, thủ quỹ, bảo vệ, công an
    viên, dân quân, trung úy, thiếu tá, đại úy, thượng úy, thiếu úy, trung tá, trưởng thôn, trưởng bản, trưởng xóm,
    trưởng ấp, trưởng khu, trưởng ban, trưởng phòng, tổ trưởng, tổ phó, phó thôn, phó bản, xóm trưởng, bản trưởng,
    khu trưởng, đội trưởng, trưởng công an, phó công an, bí thư, phó bí thư, chủ tịch, phó chủ tịch, phó phòng, giám
    đốc, phó giám đốc, chủ nhiệm, chủ hộ, chủ quán, chủ nhà, chủ trọ, chủ xe, chủ thầu, chủ tk, chủ tài khoản, chủ
    cơ sở, chủ quán là, hàng xóm, lái xe, tài xế, phụ xe, thợ, bạn học, học sinh, sinh viên, cựu chiến binh, thương
    binh, liệt sĩ, liệt sỹ, bà mẹ, già làng, người cao tuổi, chủ đất, môi giới, cò đất, sư thầy, đại biểu, nghệ
    nhân, trưởng trạm, phó trạm, bưu tá, cộng tác viên, địa chính, tư pháp, hộ tịch, lãnh đạo, phó, trưởng
"""
NAMING = """
    tên, tên là, tên tôi, tên tôi là, tên em, tên em là, tên cháu là, tên con là, họ tên, họ và tên, tên thật, tên
    thật là, đúng là, tên đúng là, ghi là, ghi tôi là, ghi nhầm là, tôi là, em là, cháu là, con là, mình là, tui là,
    chồng là, vợ là, bố là, mẹ là, con tôi là, chồng em là, vợ tôi là, chồng tôi là, mẹ tôi là, bố tôi là, nhà tôi
    là, tôi tên, em tên, cháu tên, tui tên, tôi tên là, em tên là, tên chồng, tên vợ, tên con, tên chồng ghi, tên vợ
    ghi, tên chủ hộ, tên chủ nhà, tên bố, tên mẹ, đứng tên, đứng tên sổ, người nộp, người nhận, người gửi, người
    viết, người làm đơn, người viết đơn, người đại diện, người thờ cúng cũ, đại diện, ký tên, người ký, tên người
    nhận, người thu là, người thu, là anh, là chị, là ông, là bà, tên gọi, gọi là, tôi, em, cháu, tui, người hưởng,
    người thụ hưởng, tên người hưởng, thay mặt, tên khai sinh, bút danh, biệt danh, nick, người tố cáo, người bị tố
    cáo, người khiếu nại, người phản ánh, bên bán, bên mua, đồng sở hữu, nghi phạm, nạn nhân
"""
REACHING = """
    gọi, gặp, liên hệ, liên lạc, hỏi, nhờ, báo, báo cho, cảm ơn, cám ơn, kính gửi, gửi, gửi cho, chào, của, do, với,
    cho, là, bị, thấy, gọi cho, nhắn, nhắn cho, đưa cho, nói với, bảo, cháu ruột của, mang tên
"""
"""After these a single capital is a name only if it is a common given name, several may be one."""

# Given names that in lower case are hardly another word, as spelled: "cô hương" but not "anh hùng".
GIVEN_NAMES = _words("""
    tuấn hùng cường dũng hưng thủy thúy huyền linh trang ngọc thảo phương hạnh hằng nga loan oanh yến tuyết nhung
    diệp hiền hiếu huệ khánh kiên lan liên luyến mạnh nghĩa nhàn nhi phúc quỳnh sơn tâm thắng thịnh thoa thơm thuận
    toàn trinh trung tùng tuyến tuyền uyên vinh việt dung hoa hồng hương mai nam đức hải hà huy khoa lâm long lộc ly
    my quân quang quý quyên tài thành thọ thư trâm trúc tú tường vân vy xuân bích châu chung cúc đạt điệp đông giang
    hoàng hoan hòa khôi kim lệ lợi lụa lý mỹ ngân nhân nhã phượng sen tân thái thanh thắm thêu thiện thoại thu tình
    tỉnh tư vượng hậu hoài hiệp luân bình ninh hảo ánh đào nguyệt páo súa dơ mẩy tủa pao chứ sáng sử dế giàng sùng
    thoan nhài ngoan bính doanh duyên dương tiến hợi tý thìn quyết chiến công
""")
# The same typed without diacritics, and few enough to be sure after "anh", "chi", "chu", "bac", "ong".
BARE_GIVEN_NAMES = _words("""
    tuan cuong thuy linh trang loan oanh tuyet diep hieu hue khanh luyen nghia nhi phuc quynh thinh thoa thom thuan
    trinh tung tuyen uyen vinh hoa mai duc hung long loc hien ngoc thao my vy quyen hanh phuong nga lan son duyen
    nhai ngoan
""")

PLACES_BEFORE = """
    thôn, bản, xóm, ấp, khu, tổ, xã, phường, làng, đường, phố, cầu, sông, suối, hồ, đèo, đồi, núi, tỉnh, huyện,
    quận, thị xã, thị trấn, thành phố, tp, tx, tt, chợ, trường, ngã ba, ngã tư, ngã năm, ngõ, ngách, hẻm, kiệt,
    khối, khu phố, tổ dân phố, khu dân cư, buôn, plei, sóc, phum, đảo, biển, vịnh, bến, cảng, ga, sân bay, quốc lộ,
    công ty, cty, hợp tác xã, htx, nhà máy, bệnh viện, ngân hàng, siêu thị, đình, chùa, đền, miếu, nhà thờ, nhà
    nghỉ, khách sạn, nhà hàng, quán, karaoke, cửa hàng, tiệm, công viên, quảng trường, tượng đài, thủy điện, đập,
    kênh, mương, xứ đồng, đồng, cánh đồng, ruộng, rừng, nương, hang, động, người, dân tộc, tiếng, nước, miền, vùng,
    thcs, thpt, tiểu học, mầm non, mẫu giáo, đồn, trạm, chung cư, tòa, xóm nhỏ, lễ hội, tết, ngày, tháng, tuyến,
    đoạn, dốc, bãi, khe, mỏ, chi nhánh, trại, sân vận động, sân bóng, liên xã, giáp, văn hóa, đại học, cao đẳng,
    thpt chuyên, quê, gốc, app, hãng, xe, phim, bài, sách, nhóm, câu lạc bộ, clb, quỹ, giải, nhạc, xứ
"""
LOCATIVE = """
    ở, về, lên, xuống, từ, tại, đi, đến, ra, vào, qua, tới, dưới, trên, trong, ngoài, sang, gần, phía, trước, sau,
    trú, hướng
"""
# A place of the wild north-west begins so: Mường Thanh, Nậm Pì, Huổi Lếch.
PLACE_STARTS = """
    mường, nậm, huổi, pú, phiêng, chiềng, háng, tủa, noong, púng, khe, suối, lũng, thôn, bản, đắk, đăk, ea, ia,
    krông, kon, buôn, xã, phường, tỉnh, huyện, núi, sông, đèo, hồ, khau, phnôm
"""

# Never part of a name, alone or before the next word.
OFFICE = """
    xã, phường, tỉnh, huyện, ủy, ủy ban, ubnd, sở, nghị định, quyết định, thông tư, thông báo, công an, công ty,
    công văn, công chức, công trình, công dân, công đoàn, cộng hòa, chủ tịch, chủ nhiệm, chủ nhật, hội đồng, hội
    phụ, hội nông, hội cựu, hội người, hội trường, hội viên, hội trưởng, đoàn thanh, mặt trận, đảng, đảng bộ, đảng
    ủy, trung tâm, trung ương, trung đoàn, trung học, nhà nước, nhà văn, nhà trường, nhà máy, hành chính, dịch vụ,
    bộ phận, bộ đội, bộ trưởng, bộ công, một cửa, một số, văn phòng, văn thư, văn hóa, văn bản, tư pháp, địa chính,
    bảo hiểm, bảo vệ, điện lực, bưu điện, nông nghiệp, nông dân, nông thôn, tài chính, tài nguyên, tài khoản, kinh
    tế, kinh doanh, xây dựng, thanh tra, thanh niên, thanh toán, quân đội, quân sự, việt nam, hòa giải, cao đẳng,
    đại học, đại biểu, đại đoàn, tiểu học, trường, trường học, trưởng, phó, phòng, phong trào, nguyên đán, trung
    thu, quốc khánh, quốc hội, luật, cục, chi cục, chi bộ, chi đoàn, chi hội, thuế, kho bạc, tòa án, viện kiểm, bệnh
    viện, ngân hàng, giám đốc, giáo dục, giáo viên, giấy, hồ sơ, hồ khẩu, hộ khẩu, hộ tịch, hộ nghèo, hộ kinh, khu
    phố, khu dân, tổ dân, tổ trưởng, tổ công, tổ hòa, ban quản, ban chỉ, ban nhân, ban giám, ban công, ban văn, ban
    tổ, ban tiếp, phụ nữ, nông hội, cựu chiến, người, người cao, nhân dân, gia đình, gia súc, gia cầm, gia hạn, lao
    động, thương binh, thương mại, thủ tục, thủ tướng, hướng dẫn, lãnh đạo, lưu ý, chú ý, cô giáo, thầy giáo, bác
    sĩ, bác hồ, y tế, y sĩ, y tá, cán bộ, chuyên viên, nhân viên, viên chức, quý, kính, xin, mong, đề nghị, cảm ơn,
    vneid, zalo, facebook, gmail, internet, tiktok, youtube, google, wifi, camera, covid, logo, loa, email, tivi,
    tết, mùa xuân, khoa học, kế toán, môi trường, giao thông, quản lý, đất đai, dân số, dân quân, dân vận, dân cư,
    tiếp dân, kiểm lâm, kiểm tra, đăng ký, cải cách, hải quan, thư viện, thư ký, đường, quốc lộ, tỉnh lộ, cầu, chợ,
    cổng, phật, chúa, táo, trời, bụt, nội, ngoại, chị em, anh em, bà con, ông bà, cô bác, chú bác, cô chú, anh chị,
    các, mấy, thứ, chỉ thị, nghị quyết, thị trường, thị trấn, thị xã, thị giác, thị thực, thủy lợi, thủy nông, thủy
    sản, lò gạch, lò vôi, lò mổ, lò bánh, lò rèn, cù lao, khiếu nại, khẩn cấp, mạnh khỏe, mạnh giỏi, hiền lành, yên
    tâm, trung thực, trạm, đội, thôn, xóm, bản làng, buôn làng, cơ quan, cơ sở, nhà nghỉ, karaoke, hiệu trưởng, hiệu
    phó, y học, đoàn, đoàn viên, đoàn kết, hợp tác, thành phố, thành viên, sinh viên, học sinh, điều
"""
NEVER_NAMES = _words("""
    xa ubnd vneid zalo facebook gmail internet tiktok youtube google wifi camera covid logo email tivi giay tet
    nguoi
""")
GIVEN_TOO = _words("""
    quý kính đoàn trường
""")
"""Words of offices by which people are called too: "anh Quý"."""
COUNTED = _words("""
    hai ba tư tu năm nam sáu sau bảy bay tám tam chín chin mười muoi một mot
""")
"""People called by a number, as in the South, and days of the week."""

NOT_AFTER_KIN = """
    hồ chí minh, hồ, rịa, nội, ngoại, trời, táo, chúa, chúa xứ, tiên, bụt, cuội
"""
PLACE_LIKE = _words("""
    an phu kim van thai son ha dong tan binh long luong mai quang thanh hong hung yen cam lam thach hoa cao nam tam
    loc ninh phong chau lai lang nong bach cong trung vinh my duc que nghia giang hai tay bac kien ba lap xuan ngoc
    minh linh tien
""")
"""Family names with which as many places begin: two such words alone are no person."""
KIN_SELVES = _words("""
    em chau con ban be toi tui minh ba bac
""")
"""Kin words, folded, that people mostly use of themselves, so that no name need follow."""
# Kin words that mean a person by the name behind them even in lower case.
NAMED_KIN = _words("""
    ông bà anh chị cô chú bác dì cậu thầy cụ dượng thím mợ
""")
# The same typed without diacritics, each with the names that may follow.
_FEW = _words("""
    loan oanh thuy tuyet diep uyen quynh thoa trinh
""")
BARE_KIN = {
    "anh": BARE_GIVEN_NAMES - {"phuong"}, "bac": BARE_GIVEN_NAMES - {"nga"}, "ong": BARE_GIVEN_NAMES,
    "a": BARE_GIVEN_NAMES, "chu": BARE_GIVEN_NAMES - {"hien", "nghia"},
    "chi": BARE_GIVEN_NAMES - {"hieu", "long", "lan", "linh", "trang"},
    "thay": _FEW, "c": BARE_GIVEN_NAMES - {"my"}, "co": _FEW, "ba": _FEW,
}  # fmt: skip
# Given names that after a kin word in lower case are mostly what that person does or is.
DEEDS = _words("""
    thu tình tỉnh chiến quyết tiến công tài thành đạt đông chung thoại bình hợi hậu hoài thắng sáng sử dế hòa hùng
    mạnh quý toàn hoàng nghĩa lộc phương
""")

ETHNIC = """
    kinh, thái, mường, mông, h'mông, tày, nùng, dao, ê đê, khmer, khơ me, khơ mú, hà nhì, la hủ, lô lô, giáy, lự,
    cống, si la, xinh mun, kháng, hoa, chăm, ba na, gia rai, xơ đăng, sán chay, sán dìu, cơ ho, mnông, vân kiều, cơ
    tu, tà ôi, pà thẻn, la chí, mảng, thổ, việt, tây, tàu, lào
"""
KNOWN_PLACES = """
    an giang, bà rịa, bắc giang, bắc kạn, bắc cạn, bạc liêu, bắc ninh, bến tre, bình định, bình dương, bình phước,
    bình thuận, cà mau, cao bằng, cần thơ, đà nẵng, đắk lắk, đắk nông, điện biên, đồng nai, đồng tháp, gia lai, hà
    giang, hà nam, hà nội, hà tĩnh, hải dương, hải phòng, hậu giang, hòa bình, hồ chí minh, hưng yên, khánh hòa,
    kiên giang, kon tum, lai châu, lâm đồng, lạng sơn, lào cai, long an, nam định, nghệ an, ninh bình, ninh thuận,
    phú thọ, phú yên, quảng bình, quảng nam, quảng ngãi, quảng ninh, quảng trị, sóc trăng, sơn la, tây ninh, thái
    bình, thái nguyên, thanh hóa, thừa thiên, thừa thiên huế, tiền giang, trà vinh, tuyên quang, vĩnh long, vĩnh
    phúc, yên bái, sài gòn, nha trang, đà lạt, vũng tàu, hạ long, sa pa, mộc châu, mai sơn, mai châu, kim bôi, cao
    lộc, lộc bình, văn lãng, văn chấn, văn bàn, văn quan, mù cang chải, trung quốc, hàn quốc, nhật bản, đài loan,
    thái lan, trường sa, hoàng sa, tây bắc, đông bắc, tây nguyên, việt bắc, lũng cú, đồng văn, mèo vạc, hà đông,
    long biên, hoàng mai, thủ đức, chí linh, kinh môn, lục ngạn, lục nam, yên thế, kim sơn, lương sơn, lâm thao,
    đoan hùng, thanh sơn, tân sơn, yên lập, hạ hòa, phù ninh, tam nông, cẩm khê, phù yên, bắc yên, sông mã, sốp cộp,
    vân hồ, thuận châu, quỳnh nhai, mường la, yên châu, tuần giáo, tủa chùa, sìn hồ, than uyên, tân uyên, phong thổ,
    tam đường, vị xuyên, hoàng su phì, xín mần, bắc hà, bát xát, si ma cai, văn yên, lục yên, mường chà, mường nhé,
    nậm pồ, điện biên đông, mường ảng, đà bắc, tân lạc, lạc sơn, cao phong, lạc thủy, yên thủy, na hang, chiêm hóa,
    hàm yên, bắc quang, quang bình, yên minh, quản bạ, bắc mê, bảo lạc, bảo lâm, hà quảng, trùng khánh, nguyên bình,
    thạch an, bắc sơn, bình gia, chi lăng, hữu lũng, đình lập, ba bể, ngân sơn, võ nhai, kim ngưu, khương đình,
    khương thượng, la thành, lý sơn, côn đảo, phú quốc, hoàng liên, tô hiến thành, la liga, bạch mai, bạch đằng, cát
    bà, đồ sơn, hồ gươm, hồ tây
"""
FAMOUS = """
    trần phú, lê lợi, nguyễn trãi, quang trung, hai bà trưng, trần hưng đạo, lê lai, lý thường kiệt, ngô quyền, phan
    đình phùng, phan đình giót, võ thị sáu, nguyễn huệ, nguyễn du, lê duẩn, lê hồng phong, lê thánh tông, lý thái
    tổ, trường chinh, phạm văn đồng, võ nguyên giáp, võ văn kiệt, nguyễn văn cừ, nguyễn văn linh, hoàng văn thụ,
    hoàng quốc việt, tôn đức thắng, lý tự trọng, nguyễn thị minh khai, phan bội châu, phan chu trinh, phan châu
    trinh, chu văn an, lê quý đôn, nguyễn bỉnh khiêm, đinh tiên hoàng, tô hiệu, ngô gia tự, hoàng hoa thám, tô vĩnh
    diện, bế văn đàn, kim đồng, cù chính lan, nguyễn viết xuân, lê văn tám, hà huy tập, trần quốc toản, bà triệu, an
    dương vương, hùng vương, lạc long quân, âu cơ, cao bá quát, nguyễn công trứ, nguyễn đình chiểu, nguyễn thái học,
    nguyễn tri phương, lê thanh nghị, nguyễn lương bằng, lê đức thọ, trần duy hưng, bác hồ, hồ chí minh, lê nin, lý
    nhân tông, trần nhân tông, mạc đĩnh chi, yết kiêu, dã tượng, lương thế vinh, tản đà, tô hoài, nam cao, xuân
    diệu, tố hữu, chu văn thịnh, lò văn giá, trần cao vân, đặng thùy trâm, minh khai
"""

# Everyday words that are no part of a name even without diacritics: a name in lower case ends before them.
EVERYDAY = _words("""
    co toi cho khong nha xa so la noi o chi lam mot lai em do tu di ma cua hoi nguoi giay roi duoc moi ra ngay nam
    ai dau cai ve nhan nay cung de xin mat tui phai gio nao ca qua da den xe thay tra doi day len va voi dang sau
    truoc chua biet bi nop ghi nuoc muoi het dien dat vao goi ten ben no xuong nghi the nho cau gi duong phong dinh
    hay tren ngoi me don dem nghe viet tro thon cap cac lay chuyen nua luc hoc nhung doc cuoi xong tay xem vay bat
    cay bao ke gui phat thoi khi tru them nhieu khac chieu tieng han te coi sua nghin chet ko ket tiep giu nhau kho
    duoi sai thieu he giup gap thoai ro met dc keu lap bua thue truc kia ngheo muc thua khoan nhap in dong nhin nhac
    cach gium quen phut gop lien khau treo vu ap nuoi uong neu vs k h su chang cuu giai buoc nhe khoc oi rua gat
    luat huyen ghe sinh cccd cmnd cmt sdt dt email mail zalo bhyt tk stk mst dia que tuoi thang gia trieu tr d vnd
    can bo cong chu truong pho ban to thuong tam tri trinh kinh tai bang an y ho tich hen vi dan toc muong mong thai
    dao nung khmer ly vo chong con chau anh ba ong bac hai bon bay chin km sao nhu nen thi van dung quyet hien hom
""")


def phrases(listed: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Phrases of a comma-separated list, each as folded words and as words."""
    found = [tuple(phrase.split()) for phrase in listed.split(",")]
    return [(tuple(map(fold, words)), words) for words in found if words]
