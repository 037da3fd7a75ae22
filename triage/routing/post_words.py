"""Words for posts, fields of work and the work itself, as citizens and titles say them (tables)."""

from triage.routing.misheard import SoundBook
from triage.routing.phrases import PhraseBook
from triage.routing.roster import CHAIRPERSON, VICE_CHAIRPERSON

BOSSES = "bosses"  # "các sếp": the same without the Party's secretary
LEADERSHIP = "leadership"  # "lãnh đạo xã": the chairperson and the vice-chairpersons together
DEPARTMENT_HEAD = "department_head"
COUNCIL = "council_chairperson"  # "chủ tịch hội đồng nhân dân": mostly the Party's secretary too
DEPUTY = "deputy"  # vice heads of departments: no post id of their own, found by title

# Titles that name one post. Longest first wins, so "phó chủ tịch" is never read as "chủ tịch".
_TITLES: dict[str, str] = {
    VICE_CHAIRPERSON: """
        phó chủ tịch, phó chủ tịt, phó chủ tịc, cấp phó, cấp phó của chủ tịch, hai cấp phó, hai cấp phó của chủ
        tịch, người phó, phó ct, p chủ tịch, p ct, =phó, phó xã, phó phụ trách, hai phó, hai phó chủ tịch, cả hai
        phó, các phó chủ tịch, 2 phó, 2 phó chủ tịch, 2 ông phó, hai vị phó, hai vị phó chủ tịch, hai bác phó, hai bác
        phó chủ tịch, bác phó, phó nào, hai ông|bà|ông_bà phó, mấy|các ông phó, mấy phó, mấy phó
        chủ tịch, số hai ủy ban, số hai xã, số hai của xã, số hai ở xã, nhân vật số hai, phó thường trực, phó chủ
        tịch thường trực""",
    CHAIRPERSON: """
        chủ tịch, chủ tịt, chủ tịc, chủ tịck, người đứng đầu |xã|phường|ủy_ban|chính_quyền,
        đứng đầu |ở|bên|trên|của xã|phường|ủy_ban|chính_quyền,
        to|lớn|cao|bự nhất |ở|bên|trên|của|trong xã|phường|ủy_ban,
        sếp|ông|vị to|lớn nhất, vị cao nhất, anh cả |của|bên|ở|trên|trong xã|phường|ủy_ban,
        số một |của|ở|bên|trên xã|phường|ủy_ban, thủ trưởng |của xã|ủy_ban|cơ_quan|cơ_quan_xã,
        người|ông|bà |đã ký |cái|tờ|bản|vào quyết_định, người|ông|bà ký cái|tờ|lệnh phạt, người ký ban
        hành, người đứng tên quyết định, người|ông đặt|hạ bút ký, người có quyền cao_nhất|ký, người cầm quyền,
        người|ông cầm dấu |xã|ủy_ban|của_xã, người cầm bút ký, |người_có chữ ký to nhất,
        |người_ngồi ghế to|cao nhất""",
    COUNCIL: """
        chủ tịch hội đồng nhân dân, chủ tịch hội đồng nhân dân xã, chủ tịch hội đồng nhân dân phường, chủ tịch hội
        đồng xã, chủ tịch hội đồng phường""",
    LEADERSHIP: """
        lãnh đạo, lãnh đạo xã, lãnh đạo phường, ban lãnh đạo, lãnh đạo địa phương, mấy ông
        lãnh đạo, các vị lãnh đạo, lãnh đạo trực""",
    BOSSES: """
        |các|mấy sếp|xếp |to|lớn |ở|của|trên|bên|trong xã|phường|ủy_ban, các|mấy|mấy_ông sếp, sếp to|lớn|tổng, sếp ký,
        lãnh đạo ủy ban, thường trực ủy ban, từ |ông|bà chủ tịch |trở xuống, chủ tịch trở xuống,
        từ chủ tịch tới|đến phó, chủ tịch với|và|cùng|lẫn các|mấy|hai phó|phó_chủ_tịch, chủ tịch lẫn phó,
        mấy|các ông|bố lớn|to, mấy vị lãnh đạo,
        ông|bố lớn|to ở|trên|bên xã|phường|ủy_ban, mấy|các quan |trên xã|phường, ông to ông nhỏ, ông to bà lớn,
        người|ông|bà|vị |nào ký |cái|tờ|bản thông_báo, ông|bà|vị nào |đặt_bút ký, ba|mấy|các vị to nhất,
        mấy|các ông|bác|bố|vị|cụ|chú|sếp|xếp |ngồi trên|bên xã|phường|ủy_ban, mấy ông ngồi ghế,
        người|ông|bà|ghế|chỗ|vị ngồi ký, người ký thì|hình_như|vẫn|lại|mãi|bận|quên|xong""",
    "public_service_center_director": """
        giám đốc, giám đốc trung tâm, giám đốc trung tâm hành chính công, giám đốc trung tâm phục vụ
        hành chính công, giám đốc trung tâm phục vụ""",
    "office_chief": """
        chánh văn phòng, trưởng văn phòng, chánh văn phòng hội đồng nhân dân, chánh văn phòng hội đồng và ủy ban,
        chánh văn phòng hội đồng nhân dân và ủy ban, chánh văn phòng hội đồng nhân dân ủy ban""",
    "commune_police_chief": "trưởng công an, trưởng ca, trưởng đồn công an, trưởng cax, trưởng công ang",
    "military_commander": "chỉ huy trưởng, trưởng ban quân sự, xã đội trưởng, phường đội trưởng, chỉ huy quân sự",
    "health_station_head": """
        trạm trưởng, trưởng trạm, trưởng trạm y tế, trạm trưởng trạm y tế, trưởng trạm xá, trạm trưởng trạm xá, phụ
        trách trạm y tế, phụ trách trạm xá, phụ trách nhà thương, trưởng nhà thương""",
    "party_secretary": """
        bí thư, bí thư đảng ủy, bí thư đảng ủy xã, bí thơ, bí thơ đảng ủy, bí thư đu, btđu, btdu, bt đu, bt du, đứng
        đầu đảng ủy, to nhất đảng ủy, đứng đầu đảng, đứng đầu đảng ở xã, bên đảng to nhất, bên đảng cao nhất, bên
        đảng cao nhất xã, bên đảng to nhất xã, đứng đầu bên đảng""",
    "deputy_party_secretary": "phó bí thư, phó bí thư đảng ủy, phó bí thư thường trực, phó bí thư thường trực đảng ủy",
    "village_head": """
        trưởng thôn, trưởng bản, trưởng xóm, trưởng ấp, trưởng khu phố, trưởng khu, trưởng tiểu khu, trưởng buôn, buôn
        trưởng, thôn trưởng, bản trưởng, ấp trưởng, trưởng làng, tổ trưởng tổ dân phố, tổ trưởng dân phố, tổ trưởng,
        trưởng ban nhân dân ấp, trưởng ban nhân dân thôn, trưởng ban nhân dân khu phố, trưởng ban ấp, trưởng ban thôn,
        tạo bản, pò bản, xóm trưởng, khu trưởng, làng trưởng, trưởng khóm, khóm trưởng, trưởng cụm""",
    "economy_department_head": "tp kt, t phòng kt, trưởng phòng kt",
    "culture_social_department_head": "tp vhxh, tp vh xh, tp vx, trưởng phòng vhxh, trưởng phòng vx",
    "youth_secretary": "bí thư đoàn, bí thư đoàn xã, bí thư đoàn phường, bí thư đoàn thanh niên, bí thư chi đoàn",
    DEPARTMENT_HEAD: "trưởng phòng",
    DEPUTY: """
        hai phó giám đốc, hai phó phòng, hai phó trưởng phòng, phó trưởng phòng, phó phòng, phó giám đốc, phó chánh
        văn phòng, phó trưởng công an, phó công
        an, phó chỉ huy trưởng, phó thôn, phó bản, trưởng bộ phận, tổ phó""",
}  # fmt: skip
TITLES, MISHEARD_TITLES = PhraseBook(_TITLES), SoundBook(_TITLES)

# Fields of work: how citizens and titles call them.
_AREAS: dict[str, str] = {
    "land": "địa chính, địa chánh, đất đai, nhà đất, đo đạc, địa chính xây dựng, tài nguyên",
    "construction": "xây dựng, trật tự xây dựng, trật tự đô thị, =đô thị, quản lý đô thị, đội quy tắc",
    "veterinary": "thú y, kiểm dịch",
    "agriculture": "nông nghiệp, khuyến nông, thủy lợi, nông lâm, lâm nghiệp, trồng trọt, chăn nuôi",
    "environment": "môi trường",
    "traffic": "giao thông, hạ tầng, công thương",
    "economy": "kinh tế, phòng kinh tế, kinh tế hạ tầng",
    "finance": "kế toán, tài chính, tài chính kế toán, ngân sách",
    "treasury": "thủ quỹ, giữ quỹ",
    "clearance": """
        giải phóng mặt bằng, gpmb, đền bù giải phóng mặt bằng, bồi thường giải phóng mặt bằng, giải tỏa, đền bù giải
        tỏa""",
    "justice": "tư pháp, tư pháp hộ tịch, tpht, tp ht, tư pháp ht, =tư phát",
    "civil_status": "hộ tịch",
    "certification": "chứng thực",
    "welfare": """
        chính sách, chánh sách, lao động, thương binh, thương binh xã hội, lao động thương binh, bảo trợ, giảm
        nghèo, lao động thương binh xã hội, lao động thương binh và xã hội, người có công, bảo trợ
        xã hội, lđtbxh""",
    "culture": """
        văn hóa, văn hóa xã hội, văn hóa và xã hội, văn xã, vhxh, thể thao, du lịch, thông tin
        truyền thông, truyền thanh, đài truyền thanh, loa đài, loa truyền thanh""",
    "education": "giáo dục",
    "health": "trạm y tế, y tế, trạm xá",
    "archive": "văn thư, văn thơ, lưu trữ, đóng dấu, đóng mộc",
    "counter": """
        một cửa, 1 cửa, bộ phận một cửa, bộ phận 1 cửa, tiếp nhận hồ sơ, nhận hồ sơ, =quầy, ngồi quầy, ngồi ô kính, ngồi
        trong quầy, ngồi ở quầy, trực quầy,
        tiếp nhận và trả kết quả, bộ phận tiếp nhận, hành chính công, hành chánh công, tiếp nhận""",
    "center": """
        trung tâm hành chính công, trung tâm phục vụ hành chính công, trung tâm hành chánh công,
        trung tâm phục vụ hành chánh công, trung tâm phục vụ""",
    "reception": """
        tiếp công dân, tiếp dân, đón tiếp, đón khách, lễ tân, tiếp nhận phản ánh, tiếp nhận ý kiến, tiếp nhận kiến
        nghị, tiếp nhận đơn, tiếp nhận đơn thư""",
    "returns": "trả kết quả, trả giấy, giao kết quả",
    # "một cửa", "quầy" only by accident
    "thing": """
        một cửa hàng, một cửa hiệu, một cửa tiệm, quầy photo, quầy thuốc, quầy hàng, quầy bán, quầy thịt, quầy rau, quầy
        tạp hóa, quầy sách, quầy tính tiền, quầy thu ngân, quầy nước, ngồi quầy bán, ngồi quầy nước, ngồi quầy hàng""",
    "elsewhere": """
        cảnh sát giao thông, cảnh sát cơ động, công an huyện, công an tỉnh, công an thành phố, văn phòng công chứng,
        văn phòng đăng ký đất đai, văn phòng đăng ký""",
    "police": "công an, cảnh sát, công an xã",
    "patrol": "công an viên, cảnh sát khu vực, công an khu vực, cảnh xát khu vực",
    "military": "quân sự, dân quân, xã đội, phường đội",
    "guard": "bảo vệ, bảo vệ trụ sở, bảo vệ cơ quan, bảo vệ ủy ban",
    "office": "văn phòng, văn phòng ủy ban",
}  # fmt: skip
AREAS, MISHEARD_AREAS = PhraseBook(_AREAS), SoundBook(_AREAS)

# Duties inside one field, told by titles alone: among a citizen's words they are mostly papers.
DUTIES = PhraseBook({
    "residence": "cư trú, căn cước, hộ khẩu",
    "civil_status": "khai sinh, khai tử, kết hôn",
    "mediation": "hòa giải, tuyên truyền pháp luật, phổ biến pháp luật",
})  # fmt: skip

# Work that tells the field of whoever does it: "anh Tuấn đo đất", "cái chị làm khai sinh".
DEEDS = PhraseBook({
    "land": """
        đo đất, đo ranh, đo ruộng, đo vườn, đo thửa, đo rẫy, đo nương, đo lại đất, đo vẽ, cắm mốc, cắm ranh, làm sổ đỏ,
        làm bìa đỏ, làm giấy tờ đất, làm giấy đất, giữ sổ địa chính, đi đo đất, lo đất đai, làm đất đai, xem đất, chỉ
        ranh, cấp sổ đỏ, làm sổ hồng, cấp bìa đỏ""",
    "construction": """
        cấp phép xây dựng, cấp phép xây, cấp phép làm nhà, cấp giấy phép xây dựng, làm giấy phép xây dựng, duyệt bản
        vẽ, duyệt giấy phép xây dựng, xem nhà xin phép, đi xem nhà xin phép, coi xây cất, kiểm tra xây dựng, làm
        giấy phép xây, cấp phép cất nhà, xin phép xây nhà, bắt xây không phép, bắt xây trái phép, bắt xây lấn, đình
        chỉ xây""",
    "archive": """
        giữ dấu, giữ con dấu, cầm dấu, cầm con dấu, vào sổ công văn, đóng dấu, đóng mộc, giữ mộc, cầm mộc, giữ con mộc,
        cầm con mộc, đóng con dấu, nhận công văn, phát công văn""",
    "civil_status": """
        làm khai sinh, làm giấy khai sinh, đăng ký khai sinh, ghi khai sinh, cấp khai sinh, làm khai tử, làm giấy khai
        tử, đăng ký khai tử, làm kết hôn, làm giấy kết hôn, đăng ký kết hôn, làm trích lục, làm hộ tịch, làm khai sanh,
        làm giấy khai sanh, ghi giấy khai sinh, viết khai sinh, viết giấy khai sinh, viết khai sanh, cấp giấy khai
        sinh, lo hộ tịch, giữ sổ hộ tịch, viết giấy kết hôn, ghi khai tử, làm giấy báo tử""",
    "certification": """
        làm chứng thực, sao y, làm sao y, chứng thực giấy tờ, chứng sao y, công chứng giấy tờ, ký chứng thực, ký sao
        y, chứng giấy tờ""",
    "mediation": "hòa giải, đi hòa giải, làm hòa giải, giảng luật, tuyên truyền pháp luật, phổ biến pháp luật",
    "welfare": """
        làm chính sách, làm chế độ, làm bảo trợ, xét hộ nghèo, chấm hộ nghèo, rà soát hộ nghèo, chi trả trợ cấp, phát
        trợ cấp, phát tiền trợ cấp, chấm điểm hộ nghèo, làm hộ nghèo, lo hộ nghèo, bình xét hộ nghèo, lập danh sách hộ
        nghèo, xét hộ cận nghèo, làm chánh sách, lo chính sách, lo chế độ, làm giảm nghèo, ghi danh
        sách hộ nghèo, ghi danh sách gạo, phát gạo, chia gạo, phát quà tết, xét trợ cấp""",
    "residence": """
        làm căn cước, làm cccd, làm tạm trú, làm hộ khẩu, đăng ký tạm trú, cấp căn cước, làm thẻ căn cước, lăn tay, chụp
        căn cước, lấy vân tay, lấy dấu vân tay, kiểm tra tạm trú, xét tạm trú, làm cư trú, nhập hộ khẩu, cắt hộ khẩu""",
    "agriculture": """
        coi sâu rầy, đi coi sâu rầy, xem sâu bệnh, coi ruộng, đi coi ruộng, phát giống, cấp giống, phát cây giống, coi
        thủy lợi, mở cống, lo nông nghiệp""",
    "veterinary": """
        tiêm gia súc, tiêm trâu bò, tiêm phòng cho bò, tiêm phòng cho lợn, tiêm cho bò, tiêm cho lợn, tiêm cho trâu,
        chích heo, chích bò, chích gà, tiêm lợn, tiêm phòng gia súc, chữa cho bò, tiêm bò,
        tiêm phòng chó, tiêm chó, tiêm dại, chích chó, chích ngừa trâu, chích ngừa heo, chích ngừa chó, chích ngừa bò,
        chích trâu, tiêm ngừa gia súc""",
    "culture": """
        đọc đài, phát loa, mở loa, bật loa, phát thanh, quản lý loa, phụ trách loa, quản lý đài truyền
        thanh, giữ đài truyền thanh, sửa loa, giữ nhà văn hóa""",
    "finance": "giữ tiền xã, giữ tiền, giữ sổ sách, phát lương, trả lương, chi tiền, thu chi, làm kế toán, giữ sổ chi",
    "treasury": "giữ quỹ, giữ két, cầm quỹ",
    "reception": """
        đón tiếp, hướng dẫn ban đầu, chỉ đường, tiếp dân, trực tiếp dân, ghi sổ tiếp dân, hướng dẫn ngoài sảnh, nhận đơn
        thư, nhận đơn thưa""",
    "military": """
        tuyển quân, coi nghĩa vụ, coi vụ nghĩa vụ, lo nghĩa vụ, khám nghĩa vụ, gọi nghĩa vụ, gọi thanh niên đi khám,
        gọi thanh niên đi nghĩa vụ, kêu nghĩa vụ, kêu thanh niên đi nghĩa vụ, gọi đi nghĩa vụ, gọi đi khám nghĩa vụ,
        gọi nhập ngũ, kêu đi nghĩa vụ, lo nghĩa vụ, gọi thanh niên nhập ngũ, gọi thanh niên đi khám nghĩa vụ, tập
        dân quân""",
})  # fmt: skip

# Fields of work that stand for their people without "cán bộ" or a kin word before them.
_ALONE: dict[str, str] = {
    "land": """
        địa chính, địa chánh, địa chính xây dựng, quầy đất, quầy đất đai, bàn đất đai, quầy địa chính, chỗ đất đai""",
    "certification": "quầy chứng thực, bàn chứng thực, chỗ chứng thực, ngồi chỗ chứng thực, ngồi chứng thực",
    "welfare": "quầy bảo hiểm, quầy chính sách, bàn chính sách, chỗ chính sách",
    "justice": "tư pháp, tư pháp hộ tịch, tpht, tp ht",
    "civil_status": """
        quầy khai sinh, bàn khai sinh, quầy làm khai sinh, bàn làm khai sinh, chỗ làm khai sinh, nơi làm khai sinh, quầy
        hộ tịch, bàn hộ tịch, chỗ khai sinh, chỗ hộ tịch""",
    "archive": "văn thư, văn thơ, người giữ dấu, người giữ con dấu",
    "health": "trạm y tế, trạm xá, trạm y tế xã, trạm xá xã",
    "office": "văn phòng ủy ban, văn phòng xã, văn phòng phường, văn phòng ủy ban xã, văn phòng hội đồng nhân dân",
    "reception": """
        bàn đón tiếp, quầy đón tiếp, bàn hướng dẫn, quầy hướng dẫn, bàn tiếp dân, phòng tiếp dân, phòng tiếp công dân,
        chỗ tiếp dân, nơi tiếp dân""",
    "finance": "kế toán",
    "treasury": "thủ quỹ",
    "economy": "phòng kinh tế, phòng kinh tế hạ tầng, bên kinh tế",
    "culture": "phòng văn hóa, phòng văn hóa xã hội, phòng văn hóa và xã hội, phòng vhxh, phòng văn xã",
    "counter": """
        ngồi ghế ngoài, ngồi sát cửa kính, ngồi sát cửa, ngồi trong ô kính, ngồi sau kính, ngồi ô kính,
        ngồi đầu cửa, ngồi máy lấy số,
        một cửa, 1 cửa, bộ phận một cửa, bộ phận 1 cửa, bộ phận tiếp nhận, tổ một cửa, quầy một cửa, chỗ nhận hồ sơ,
        quầy nhận hồ sơ, bàn nhận hồ sơ, chỗ tiếp nhận, quầy tiếp nhận,
        chỗ nhận giấy, nơi nhận giấy, quầy nhận giấy, bàn nhận giấy, ô nhận giấy,
        ô kính nhận giấy, chỗ tiếp nhận hồ sơ, quầy tiếp nhận hồ sơ""",
    "returns": """
        chỗ trả kết quả, quầy trả kết quả, bàn trả kết quả, nơi trả kết quả, bộ phận trả kết quả, chỗ trả giấy,
        quầy trả giấy""",
    "center": """
        trung tâm hành chính công, trung tâm phục vụ hành chính công, trung tâm hành chánh công,
        trung tâm phục vụ hành chánh công, trung tâm phục vụ""",
    "police": "công an, công an xã, công an phường",
    "patrol": "công an viên, cảnh sát khu vực, công an khu vực, cảnh xát khu vực",
    "military": "quân sự xã, ban quân sự, ban chỉ huy quân sự, xã đội, phường đội",
    "guard": "bảo vệ trụ sở, bảo vệ cơ quan, bảo vệ ủy ban",
    "elsewhere": "cảnh sát giao thông, cảnh sát cơ động, công an huyện, công an tỉnh, công an thành phố",
}  # fmt: skip
ALONE, MISHEARD_ALONE = PhraseBook(_ALONE), SoundBook(_ALONE)
# Departments called by their own name: the head answers for what "phòng kinh tế" did.
HEADED = frozenset({"economy", "culture", "center", "police", "military", "office"})
