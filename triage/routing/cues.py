"""Words around a person that tell what the citizen says of them (pure data; see `accused` for their use)."""

from triage.routing.phrases import PhraseBook, word_pairs, word_set
from vietnamese.text import spelling_key

# Labels of the phrase books below.
MISCONDUCT = "misconduct"  # breaks the law or abuses the post
BLAME = "blame"  # bad conduct: rude, late, careless, idle, unhelpful
PRAISE = "praise"
NOT = "not"
CONTENT = "content"  # what follows is what was told or asked, not what the listener did
REQUEST = "request"  # asks the person to act: not accused
TELL = "tell"  # the person was told: not accused, unless the rest says what they then did
CHARGE = "charge"  # names the person as the one reported
CLEAR = "clear"  # says it was not this person
HELPED = "helped"  # before a person who helped or saw
WITNESS = "witness"  # after a person who saw, helped or told
CORRECT = "correct"  # after a request: the person is told to mend their ways
CALLED = "called"  # after a person who is spoken to: "chủ tịch ơi"
PASSIVE = "passive"  # before the one who did it to the citizen
GAVE = "gave"  # before the one who was given money
MET = "met"  # a mere meeting
MOMENT = "moment"  # the person only marks a time or a place
ACT = "act"  # a measure asked for against somebody

CONDUCT = PhraseBook({
    # Ordinary words that begin like a reproach: found first, they keep it from being read.
    "plain": """
        xác nhận, xác nhận của, ghi nhận, công nhận, chứng nhận, tiếp nhận, bắt đầu, bắt buộc, bắt
        được, bắt tay vào, bắt tay, bắt nguồn, bắt kẻ trộm, bắt trộm, hành chính, hành chánh, hành
        động, hành lang, hành khách, hành lý, hành nghề, đánh giá, đánh máy, đánh số, đánh dấu, đánh
        nhau, ngủ được, ngủ yên, ngủ ngon, ngủ nổi, say xe, lơ mơ, giống nhau, bảo vệ, bảo hiểm, bảo
        đảm, bảo trợ, báo cáo, lâu dài, bấy lâu, lâu nay, chậm nhất, giá cả, tự ý thức, ép cọc,
        giọng nói, kế toán, nhà vắng, vắng nhà, bên vi phạm, hộ vi phạm, xử lý vi phạm, cãi nhau,
        khỏi lo, hứa hôn, thu tiền điện, từ chối nhận quà, không nhận tiền, không nhận quà, khu đô
        thị, vệ sinh, hẹn trả, giấy hẹn""",
    MISCONDUCT: """
        vòi tiền, vòi vĩnh, =vòi, đòi tiền, đòi #, đòi bồi dưỡng, đòi lót tay, đòi phong bì, đòi
        quà, đòi chia, đòi tôi #, đòi em #, đòi nộp #, đòi thêm #, đòi đưa, xin tiền, =gạ, gạ gẫm,
        gạ tiền, gạ dân, gợi ý, nhận tiền, nhận phong bì, nhận hối lộ, nhận quà, nhận của, nhận lót
        tay, cầm tiền, cầm phong bì, lấy tiền, hối lộ, phong bì, lót tay, lại quả, ăn tiền, ăn chặn,
        ăn bớt, ăn đất, ăn hối lộ, ăn cắp, ăn chia, ăn hoa hồng, ăn cả, ăn của, ăn hết, ăn không,
        bớt xén, bớt tiền, cắt xén, rút ruột, đút túi, bỏ túi, tham ô, tham nhũng, biển thủ, chiếm
        đoạt, chiếm dụng, trục lợi, tư lợi, làm tiền, tiêu cực, chạy chọt, chạy tiền, làm luật, bảo
        kê, bao che, dung túng, tiếp tay, bắt tay với, móc nối, móc ngoặc, cấu kết, thông đồng,
        chống lưng, che giấu, bưng bít, ỉm đơn, trù dập, trả thù, đe dọa, dọa, hăm dọa, dọa nạt, lạm
        quyền, lộng quyền, lạm dụng, lợi dụng, ký khống, lập khống, khai khống, kê khống, khai gian,
        =khống, làm giả, giả mạo, giả chữ ký, ký giả, bán đất, lấy đất, chiếm đất, cướp đất, lấn
        đất, lấn chiếm, cướp, đánh người, đánh dân, đánh con, đánh tôi, đánh em, đánh cháu, đánh
        chồng, đánh bố, =đánh, hành hung, =tát, =đấm, cưỡng ép, =ép, ép buộc, bắt ép, sàm sỡ, quấy
        rối, lừa đảo, phá rừng, phá bĩnh, trúng thầu, cho người nhà, cho người thân, đưa người nhà,
        cho cháu, cho con trai, thu sai, thu khống, thu quá, thu tiền không, không biên lai, không
        có biên lai, không hóa đơn, không có hóa đơn, bồi dưỡng, nhũng nhiễu, sách nhiễu, chia chác,
        chia nhau, bỏ vào túi, tiền riêng, rút tiền, thụt két, bán gỗ, vi phạm pháp luật, trái luật,
        trái pháp luật, sai luật, đánh bạc, cá độ, lộ thông tin, để lộ, tiết lộ""",
    BLAME: """
        bắt tôi, bắt em, bắt dân, bắt phải, bắt nộp, bắt về, bắt đi, bắt mua, bắt cho, bắt chờ, bắt
        viết, bắt làm, bắt bố, bắt mẹ, bắt bà, bắt ông, bắt mình, bắt bẻ, =bắt, chửi, =mắng, quát,
        quát tháo, quát nạt, quát mắng, nạt, nạt nộ, gắt, gắt gỏng, =cáu, cáu gắt, cáu kỉnh, cau có,
        cấm cảu, sẵng giọng, xẵng giọng, to tiếng, lớn tiếng, nặng lời, hách dịch, hạch sách, hống
        hách, cửa quyền, quan liêu, phiền hà, gây khó, gây khó dễ, làm khó, khó dễ, hành dân, hành
        hạ, hành tôi, =hành, trịch thượng, vô lễ, vô văn hóa, mất lịch sự, bất lịch sự, thiếu tôn
        trọng, coi thường, khinh, khinh thường, khinh khỉnh, xúc phạm, nhục mạ, lăng mạ, trống
        không, cộc lốc, lồi lõm, =lờ, lờ đi, lờ luôn, lờ hồ sơ, làm ngơ, ngó lơ, phớt lờ, =lơ, lơ
        việc, =ỉm, ỉm đi, =ngâm, ngâm hồ sơ, giam hồ sơ, om hồ sơ, =dìm, =om, bỏ mặc, mặc kệ, =kệ,
        bỏ đó, bỏ về, bỏ tên, gạch tên, bỏ sót, bỏ trốn, bỏ đấy, vô cảm, vô trách nhiệm, thiếu trách
        nhiệm, thiếu nhiệt tình, thiếu tế nhị, thiếu chuyên nghiệp, thiếu thân thiện, thiếu tận
        tình, kém nhiệt tình, tắc trách, đùn đẩy, đùn, đá bóng, đổ lỗi, đổ cho, đổ tại, thất hẹn, lỡ
        hẹn, sai hẹn, trễ hẹn, hẹn lần, hẹn rày hẹn mai, hẹn mãi, hẹn suông, hẹn #, hẹn đi hẹn lại,
        =khất, khất lần, khất lượt, hứa suông, hứa lèo, hứa hão, hứa cuội, hứa rồi, thất hứa, nuốt
        lời, =chối, =lừa, lừa dối, nói dối, gian dối, gian lận, sai phạm, sai trái, vi phạm, thiên
        vị, không công bằng, bất công, ưu ái, làm mất, đánh mất, thất lạc, để mất, ghi sai, viết
        sai, làm sai, in sai, nhập sai, đánh sai, ghi nhầm, viết nhầm, nhập nhầm, làm nhầm, làm ẩu,
        cẩu thả, =ném, ném giấy, ném hồ sơ, nem giay, nem ho so, =vứt, vứt giấy, vứt hồ sơ, =quăng,
        =hất, đập bàn, =đuổi, đuổi về, đuổi dân, đuổi ra, đuổi tôi, duoi ve, đi muộn, đến muộn, về
        sớm, trốn việc, ngủ gật, =ngủ, chơi game, chơi điện thoại, bấm điện thoại, nghịch điện
        thoại, lướt điện thoại, xem điện thoại, xem phim, cắm mặt, dán mắt, tán gẫu, buôn chuyện,
        nói chuyện riêng, buôn dưa, ăn quà, ăn sáng, ngồi chơi, uống rượu, say rượu, say xỉn, =say,
        =nhậu, nồng nặc, hút thuốc, đánh bài, bán hàng, không tiếp, không làm, không giải quyết,
        không trả lời, không xử lý, không giải thích, không hướng dẫn, không xin lỗi, không cho,
        không ký, không chịu, không thèm, không nghe, không xuống, không đến, không biết, không công
        khai, không minh bạch, không trả, không tôn trọng, không có mặt, không bao giờ, không nói,
        không nhìn, không chào, không lập, không kiểm tra, không quan tâm, không ai xử lý, không
        thấy, không phản hồi, không nghe máy, chẳng thèm, chả thèm, chưa giải quyết, chưa trả lời,
        chưa xử lý, chưa trả, chưa làm, chưa ký, chưa xuống, chậm trễ, chậm chạp, lề mề, dây dưa,
        kéo dài, trì hoãn, cố tình, cố ý, mặt nặng, mặt nặng mày nhẹ, mặt hằm hằm, lầm lì, khó chịu,
        khó nghe, khó ưa, lắc đầu, =lắc, nói một đằng làm một nẻo, đo thiếu, đo sai, đo gian, tắt
        máy, cúp máy, chặn số, chặn zalo, quá đáng, quá quắt, =láo, láo toét, mất dạy, vô tích sự,
        bất tài, =kém, =tệ, =tồi, quá tệ, im lặng, im thin thít, im re, thờ ơ, dửng dưng, lạnh lùng,
        =lười, chảnh, ra oai, lên mặt, vênh, vênh váo, câng câng, mỉa mai, nói móc, =chê, chê bai,
        cười cợt, dối trá, vô ơn, lật lọng, lòng vòng, chỉ đi lòng vòng, hành là chính, thu tiền,
        thu phí, ký rồi lại, cấp đất, cấp sổ, đo nhà, bảo sang, chỉ sang, sai tên, sai ngày, không
        nhận, từ chối, thô lỗ, nói năng, chửi bới, bỏ bê, hờ hững, qua loa, đại khái, cho tôi chờ,
        cho tôi đứng, cho tôi đợi, cho tôi ngồi, cho em chờ, cho em đứng, cho em đợi, để tôi chờ, để
        tôi đợi, để tôi đứng, để dân chờ, để dân đợi, để dân đứng, để bà, để em chờ, để em đứng, cho
        dân chờ, suốt #, thái độ, không bắt máy, không nhấc máy, không nghe điện thoại, thuê bao,
        chưa nhận, chưa thấy, chưa có, chưa đến, không liên lạc, không gọi lại, nói xấu, xử ép,
        =trù, ghét dân, khinh dân, coi dân, bố đời, cha đời, ông tướng, bà tướng, như bố, như mẹ
        thiên hạ, =giọng, kênh kiệu, =hợm, phân biệt, kỳ thị, đối xử, nói kháy, cạnh khóe, mắng mỏ,
        nói to, =đập, =xé, giật, =giằng, trả lại hồ sơ, trả hồ sơ, trả về, bắt bổ sung, vặn vẹo, vẽ
        chuyện, vẽ ra, đẻ ra, vẽ thêm, hoạnh họe, hạch hỏi, hạnh họe, làm cao, làm giá, đủng đỉnh,
        thong thả, nhởn nhơ, vắng mặt, =vắng, bỏ trực, bỏ vị trí, nghỉ sớm, tắt đèn, đóng cửa, khóa
        cửa, lướt facebook, lướt mạng, livestream, tiktok, =chat, nhắn tin zalo, nghe nhạc, bán
        online, xỉa răng, gác chân, nói suông, chỉ nói, chỉ hứa, hứa, hứa hẹn, hứa mãi, hứa xong,
        bảo chờ, bảo đợi, bảo mai, bảo về, bảo bận, bảo không, bảo chưa, bảo hết, kêu bận, viện cớ,
        lấy cớ, lấy lý do, thoái thác, =né, né tránh, tránh mặt, =trốn, trốn tránh, phủi tay, phủi
        trách nhiệm, đem con bỏ chợ, sống chết mặc bay, nhắm mắt, nhắm mắt làm ngơ, biết mà kệ, như
        không thấy, coi như không, im ỉm, =giấu, lấp liếm, bao biện, ngụy biện, =cãi, cãi lại, cãi
        dân, gây sự, gây phiền, =phiền, nhiêu khê, rườm rà, máy móc, cứng nhắc, vô lý, ngang ngược,
        ngang nhiên, bất chấp, tùy tiện, tự tiện, tự ý, chủ quan, yếu kém, yếu chuyên môn, không
        nắm, không rành, =chậm, =trễ, =lâu""",
    PRAISE: """
        cảm ơn, cám ơn, biết ơn, nhiệt tình, tận tình, tận tâm, chu đáo, vui vẻ, niềm nở, lịch sự,
        nhẹ nhàng, ân cần, nhã nhặn, tử tế, viết hộ, viết giúp, làm hộ, làm giúp, giúp đỡ, giúp tôi,
        giúp em, giúp mẹ, giúp bà, giúp dân, giúp cháu, tốt lắm, tốt, tốt bụng, tốt tính, rất tốt,
        dễ thương, dễ mến, dễ gần, thân thiện, hòa nhã, khen, khen ngợi, tuyên dương, khen thưởng,
        hài lòng, nhanh nhẹn, có tâm, chuyên nghiệp, hướng dẫn kỹ, hướng dẫn tận, kiên nhẫn, đáng
        quý, quý hóa, =hiền, hiền lành, trách nhiệm cao, có trách nhiệm, giải thích kỹ, giải thích
        rõ, ngoan, tuyệt vời, mát tính, được việc, rất được, mềm mỏng, chỉn chu, thái độ tốt, thái
        độ rất tốt, thái độ nhẹ nhàng, thái độ lịch sự, thái độ niềm nở, thái độ hòa nhã, thái độ
        vui vẻ, thái độ thân thiện, thái độ phục vụ tốt, thái độ đúng mực, đúng mực, đúng hẹn, nhanh
        gọn, làm việc nhanh, dân mừng, phấn khởi, quyết liệt, sâu sát, lắng nghe, chất lượng, tháo
        vát, đàng hoàng, nghiêm túc, hỏi han, dễ chịu, lễ phép, gần dân, vì dân, công tâm, cẩn thận""",
    NOT: """
        không, chẳng, =chả, chưa, đâu có, không hề, chưa hề, chưa bao giờ, không phải, đừng, =chớ,
        không được, chưa được, không có, không còn, không như, chứ không, chấm dứt, thôi đừng""",
})  # fmt: skip
# Right before the person.
LEAD = PhraseBook({
    REQUEST: """
        mong được, xin được, muốn được, mong được gặp, xin được gặp, xin gặp, muốn gặp, kính gửi,
        kính gởi, gửi, =gởi, kính thưa, thưa, kính mong, mong, rất mong, mong muốn, đề nghị, kính đề
        nghị, kiến nghị, nhờ, kính nhờ, xin, kính xin, kính trình, trình, yêu cầu, hy vọng, hi vọng,
        cầu xin, cầu cứu, kính chào, chào, ước gì, giá mà, mong sao, đề đạt, ước, kính báo, kính đề""",
    TELL: """
        chuyển đơn, chuyển đơn này, =chuyển, chuyển lên, chuyển tới, chuyển đến, báo, báo cáo, =báo
        với, trình báo, gọi, gọi cho, gọi điện, gọi điện cho, nói với, kể với, phản ánh với, phản
        ánh lên, phản ánh tới, phản ánh đến, phản ánh cho, kiến nghị lên, kiến nghị với, gửi đơn,
        gửi đơn lên, gửi đơn cho, gửi đơn đến, gửi đơn tới, viết đơn lên, nộp đơn lên, làm đơn lên,
        đơn lên, khiếu nại lên, tố cáo lên, tố cáo với, khiếu nại với, trình bày với, trình bày,
        =tâu, =mách, nhắn tin cho, =nhắn, ý kiến với, kêu với, kêu lên, hỏi ý kiến, thưa với, báo
        lên, báo cho, bao len, bao cho, báo tin, gửi lên, đưa lên""",
    CHARGE: """
        tố cáo, =tố, phản ánh, khiếu nại, bức xúc với, bức xúc vì, bức xúc, tố giác, lên án, trách,
        kêu, =chê, không đồng ý với, không đồng tình với, ghét, =chán, thất vọng với, thất vọng về,
        khởi kiện, kiện, khiếu nại quyết định, quyết định, thái độ, thái độ của, tội của, lỗi của,
        lỗi là ở, lỗi ở, lỗi tại, lỗi do, trách nhiệm của, sai phạm của, hành vi của, việc làm của,
        cách làm của, cách làm việc của""",
    ACT: """
        xử lý, xử lý nghiêm, kỷ luật, kiểm điểm, đuổi việc, cách chức, thay, điều chuyển, làm rõ,
        kiểm tra, xem xét lại, xem lại, chấn chỉnh, nhắc nhở, thanh tra, điều tra, xử, trị, phê
        bình, khiển trách, đình chỉ, cho nghỉ, xem xét, bắt, giáo dục lại, luân chuyển""",
    CLEAR: """
        không phải lỗi, không phải lỗi của, không phải lỗi do, không phải do, không phải tại, không
        phải tại vì, không phải, chứ không phải, không trách, không đổ lỗi, không đổ lỗi cho, không
        có ý trách, không phải vì, đừng trách, đừng phạt, đừng kỷ luật, không tại, không do, oan
        cho, oan, không có ý nói, không nói, không phản ánh, không tố, không tố cáo, không khiếu
        nại, không kêu, không chê, không lên án, không kiện, trừ, ngoại trừ, không kể, chẳng trách,
        không oán, không giận, không liên quan đến, không liên quan gì đến, =trùng, trùng tên, trùng tên với, cùng tên
        với""",
    HELPED: """
        may có, may nhờ, may nhờ có, may mà có, may mà, may là có, may gặp, nhờ có, được, cũng may
        có, may quá có, sau nhờ, cuối cùng nhờ""",
    PASSIVE: "bị, do, tại, vì, lỗi, là do, là tại, bởi, để cho, toàn do, chính",
    GAVE: """
        đưa tiền, đưa tiền cho, đưa cho, biếu, biếu tiền, lót tay, lót tay cho, bồi dưỡng, bồi dưỡng
        cho, chung chi cho, phong bì cho, dúi cho, nộp tiền cho, tiền cho, cúng cho, quà cho, biếu
        quà""",
    MET: """
        gặp, hỏi, nộp hồ sơ cho, nộp cho, qua, sang, theo, tìm, =chỗ, đến chỗ, lên chỗ, ra chỗ, bảo
        gặp, xuống chỗ, gặp được, hỏi thăm, ngồi cạnh, cạnh""",
    MOMENT: """
        xác nhận của, chữ ký của, ý kiến của, giấy của, con dấu của, quyền của, bảo, bảo là, nói,
        trước mặt, lúc, khi, hôm, ngay trước, ngay trước mặt, bữa, đợt, từ khi, từ ngày, từ hồi,
        hồi, thời, lời, theo lời, chỉ đạo của, nghe, nghe lời, như lời, thay mặt""",
})  # fmt: skip
# Right after the person.
CONTENTS = PhraseBook({
    CONTENT: """
        việc, chuyện, =vụ, vụ việc, =rằng, nạn, tình trạng, =về việc, ve viec, xem xét, giải quyết,
        xử lý, chỉ đạo, can thiệp, kiểm tra, quan tâm, chấn chỉnh, làm rõ, cho dân, giúp dân, vào
        cuộc, thanh tra, kỷ luật, nhắc nhở, phân xử, soi xét, xem lại, giải thích, cho biết, trả lời""",
})  # fmt: skip
TRAIL = PhraseBook({
    WITNESS: """
        chứng kiến, làm chứng, giúp, giúp đỡ, giúp tôi, đã giúp, hỗ trợ, can ngăn, =can, =bênh, bênh
        vực, thấy, nhìn thấy, trông thấy, cũng thấy, biết chuyện, xác nhận, =kể, kể lại, cho hay,
        cũng bị, động viên, an ủi, xin lỗi thay, ngồi cạnh thấy, biết rõ, đi cùng, cũng nghe, nghe
        thấy, ra nói đỡ, nói đỡ, cũng khổ, không liên quan, không có lỗi, không sai, vô can, bị oan,
        không biết gì, hướng dẫn lại, chỉ lại, làm lại cho""",
    CALLED: "ơi, =à, =ạ, =hỡi, kính mến",
    CORRECT: """
        đừng, thôi, thôi đừng, không được, bỏ thói, bỏ kiểu, bỏ cái, chấm dứt, trả lại, xin lỗi,
        giải trình, từ chức, xem lại thái độ, xem lại mình, xem lại cách, sửa thái độ, thay đổi thái
        độ, thay đổi cách, công khai, bớt, tôn trọng, nghỉ việc, sửa đổi, rút kinh nghiệm, hoàn lại,
        nói năng, ăn nói, làm đúng, =chớ, hết, =ngưng, =dừng, không nên, trả lời cho dân, trả lời
        trước dân, trả lời vì sao, trả lời tại sao, giải thích vì sao, giải thích tại sao, nói rõ,
        minh bạch, tự xem, làm gương, đối thoại, nhận lỗi, nhận trách nhiệm, chịu trách nhiệm""",
})  # fmt: skip

# Family of an officer, right before the mention.
FAMILY = PhraseBook({
    "family": """
        con trai, con gái, con rể, con dâu, =con, con trai của, con gái của, con của, cháu ruột,
        cháu của, cháu họ, vợ, vợ của, chồng, chồng của, em trai, em gái, em vợ, em rể, em dâu, em
        ruột, em họ, anh trai, anh vợ, anh rể, anh ruột, chị gái, chị dâu, chị vợ, bố, mẹ, bố vợ, mẹ
        vợ, bố đẻ, mẹ đẻ, thông gia, thông gia với, người nhà, người nhà của, người thân, người thân
        của, họ hàng, họ hàng của, họ hàng với, anh em của, anh em với, bà con với, gia đình nhà, em
        của, anh của, chị của, bố của, mẹ của, em trai của, anh trai của, cháu gọi, =bồ, bồ của, là
        em, là cháu, là con, là vợ, là anh, toàn người nhà, người quen của, bà con của, bà con bên vợ""",
})  # fmt: skip
# What belongs to a household, right before the mention.
HOUSE = PhraseBook({
    "house": """
        nhà, nhà của, =hộ, hộ gia đình, gia đình, quán, quán của, quán cà phê, quán cơm, quán nước, tiệm may, nhà
        trọ, phòng trọ, tiệm, cửa hàng, cửa hàng của, vườn, ruộng, =xưởng, xưởng của, =trại, trại lợn, chuồng lợn,
        lò mổ, hàng xóm, hàng xóm là, hàng xóm tên, đất nhà, đất của, xe của, rẫy, nương của, ao của, đàn bò của,
        chó nhà, xưởng gỗ, cạnh nhà, sát nhà, giáp nhà, quán nhậu, quán karaoke, nhà máy, con chó nhà, mảnh đất của,
        lô đất của, thửa đất của, vợ chồng, vợ chồng nhà, hai vợ chồng""",
})  # fmt: skip
# The sender, or somebody of the sender's family.
SENDER = PhraseBook({
    "sender": """
        tôi là, em là, cháu là, con là, mình là, tên tôi là, tôi tên, tôi tên là, em tên, em tên là,
        cháu tên, cháu tên là, tên em là, tên là, tên tôi, họ tên, họ và tên, người gửi, người viết,
        người viết đơn, người làm đơn, người phản ánh, ký tên, kính đơn, tôi ký tên, chồng tôi,
        chồng em, chồng tôi là, chồng em là, chồng tôi tên, chồng mình, vợ tôi, vợ tôi là, vợ em, bố
        tôi, bố tôi là, bố em, bố em là, mẹ tôi, mẹ tôi là, mẹ em, mẹ em là, con tôi, con tôi là,
        con tôi tên, con em, cháu tôi, cháu tôi là, cháu nhà tôi, em trai tôi, em trai tôi là, em
        gái tôi, anh trai tôi, anh trai tôi là, chị gái tôi, ông nội tôi, bà nội tôi, ông nội em, bà
        nội em, bạn tôi, bạn tôi là, bạn em, bạn em là, bố mẹ tôi là, chúng tôi là, thay mặt gia
        đình""",
})  # fmt: skip
# A citizen: right after the mention.
CITIZEN = PhraseBook({
    "citizen": """
        hàng xóm, láng giềng, bên cạnh, cạnh nhà, sát nhà, sát vách, nhà bên, đối diện, cùng xóm, cùng thôn, cùng
        bản, cùng tổ, cùng khu, cùng ngõ, đầu ngõ, cuối ngõ, đầu xóm, cuối xóm, xóm tôi, thôn tôi, bản tôi, nhà tôi,
        chủ quán, chủ hộ, chủ xưởng, chủ nhà, chủ trại, chủ thầu, chủ lò, chủ đất, lái xe, lái buôn, thợ xây, bán
        rau, bán thịt, bán cá, bán nước, bán phở, bán bún, bán tạp hóa, tạp hóa, bán vật liệu, bán vật tư, bán rượu,
        bán vé số, bán hủ tiếu, bán bánh, bán trà, bán cà phê, bán thuốc, bán hàng, bán heo, bán lợn, bán gà, bán
        hoa, bán trái cây, bán xăng, bán gạo, bán cơm, bán xôi, bán quần áo, thợ điện, thợ nước, thợ hồ, thợ máy,
        thợ hàn, chủ nhiệm lớp, dạy lớp, làm ruộng, nuôi lợn, nuôi gà, nuôi vịt, mổ lợn, ở trọ, nhà trọ, nhà ở gần,
        nhà gần, nhà cạnh, nhà sát, ở gần, ở cạnh, gần nhà, chồng tôi, vợ tôi, bố tôi, mẹ tôi, con tôi, bố em, mẹ
        em, chồng em, hàng xóm nhà, bên kia đường, ở thôn, ở bản, ở xóm, ở tổ, ở khu, ở ngõ, ở đội, thôn #, xóm #,
        tổ #, khu #, ngõ #, thầy cúng, thầy lang, thầy mo, thầy thuốc, lái đò, tài xế, chạy xe, chạy đò, học lớp,
        học trường, đang học, hiệu trưởng, hiệu phó, giáo viên, dạy trường, đi học, mướn ruộng, thuê ruộng, # tuổi,
        năm mươi tuổi, sáu mươi tuổi, bảy mươi tuổi, tám mươi tuổi, chín mươi tuổi, thợ mộc, thợ may, thợ sửa xe,
        cắt tóc, hớt tóc, nấu rượu, trạm điện, trạm xăng, cây xăng, xe ôm, là ba tôi, là ba ruột, là bố tôi, là mẹ
        tôi, là má tôi, là hàng xóm, là cha tôi, là chồng tôi, là vợ tôi, là con tôi, là em tôi, là bạn tôi, là thợ,
        là lái xe, là giáo viên, thu ngân, kế toán trưởng công ty, út nhà, nhà tui, nhà em, nhà mình, nhà cháu, xóm
        trên, xóm dưới, xóm trong, xóm ngoài, làng trên, thôn trên, thôn dưới, đồng nát, ve chai, mua ve chai, con
        nhà bà, con nhà ông, con nhà chị, con nhà anh, học sinh, sinh viên, dạy toán, dạy văn, dạy tiếng anh, dạy
        học, dạy thể dục, dạy hát, dạy cấp, dạy mầm non, dạy thêm, dạy ở trường, sửa xe, sửa khóa, sửa điện, sửa
        máy, sửa ống nước, sửa tivi, sửa điện thoại, giao hàng, giao nước, giao gas, giao báo, ship hàng, chạy grab,
        chạy xe ôm, lái máy cày, lái máy xúc, quản đốc, công nhân, kỹ sư, bán vải, bán áo, bán giày, bán cây, bán
        đồ, bán cháo, bán chè, bán kem, bán bia, bán sữa, bán trứng, bán đậu, bán mắm, bán phân, bán cám, lớp #, lớp
        một, lớp hai, lớp ba, lớp bốn, lớp năm, lớp sáu, lớp bảy, lớp tám, lớp chín, lớp mười, con nhà hàng xóm, con
        hàng xóm, thợ nề, thợ sơn, thợ rèn, thợ đụng, thợ lặn, thợ cắt tóc, làm công nhân, làm thợ, đi biển, chài
        lưới, cạo mủ, nuôi tôm, trồng""",
})  # fmt: skip
# Another agency, another level, another commune: right after the mention or the title.
ELSEWHERE = PhraseBook({
    "elsewhere": """
        tỉnh, huyện, thành phố, =quận, quan cu, =sở, sở y tế, sở nông nghiệp, sở xây dựng, sở tài nguyên, sở nội vụ,
        =cục, chi cục, trung ương, nước, quốc hội, =hội, hội phụ nữ, hội nông dân, hội cựu chiến binh, hội người cao
        tuổi, hội đồng, hội đồng nhân dân, hội chữ thập đỏ, hội khuyến học, hội làm vườn, mặt trận, công đoàn, công
        ty, cty, tập đoàn, doanh nghiệp, hợp tác xã, nhà máy, nhà thầu, xí nghiệp, bệnh viện, bv, trung tâm y tế,
        ngân hàng, điện lực, bên điện, công ty nước, nhà nước cấp, bưu điện, viễn thông, viettel, vnpt, chi cục
        thuế, bên ấy, bên đó, =bển, xã kế bên, xã bên cạnh, kế bên, bên quê, ở quê, ngoài quê, trong quê, dưới quê,
        trên quê, quê mẹ, quê ngoại, quê nội, quê chồng, quê vợ, quê tôi, quê em, bên ngoại, bên nội, nơi ở cũ, chỗ
        ở cũ, xã láng giềng, bên xã láng giềng, phường láng giềng, nhân sự, kinh doanh, quản lý chợ, quản lý bến xe,
        bên kia cầu, bên kia sông, bên kia, quản lý cảng, quản lý bến, trạm bơm, trạm điện, trên tỉnh, trên huyện,
        ngoài tỉnh, dưới tỉnh, của tỉnh, của huyện, cũ về hưu, cũ nghỉ, cũ đã nghỉ, quản lý dự án, quản lý di tích,
        quản lý rừng, công an tỉnh, công an huyện, công an thành phố, công an quận, hồi chưa nhập, hồi chưa sáp
        nhập, hồi trước, hồi xưa, hồi còn, thời trước, thời còn, khu công nghiệp, =thuế, kho bạc, tòa án, viện kiểm
        sát, bảo hiểm, bảo hiểm xã hội, bhxh, =trường, trường tiểu học, trường mầm non, trường cấp #, trường học,
        =quỹ, câu lạc bộ, clb, xã bên, xã khác, =xã bạn, xã cạnh, phường bên, phường khác, phường cạnh, =xã cũ,
        =phường cũ, hồ chí minh, ubnd tỉnh, ubnd huyện, thị xã, chi đoàn, liên đoàn, hải quan, kiểm lâm huyện, giao
        thông, biên phòng, cấp trên, =cũ, nhiệm kỳ trước, khóa trước, tiền nhiệm, cũ trước, cũ hồi, đã nghỉ hưu,
        nghỉ hưu, ngày trước, trước đây, hội đồng quản trị, đời trước, khóa cũ, =cũ đã, cu da, nghỉ việc, đã nghỉ
        việc, về hưu, đã về hưu, đoàn xã, đoàn phường, đoàn thanh niên""",
})  # fmt: skip
FORMER = frozenset(spelling_key(word) for word in ("nguyên", "cựu"))
# Words between a cue and the person: "mong *các đồng chí* lãnh đạo", "phản ánh *về* anh Tuấn".
LEAD_FILLERS = word_set(
    """
        cac quy nhung may cho toi den len voi la cua dong chi ngai vi ca co phia ben tan luon cai
        mot ve vao nguoi ban chinh va rieng truoc hai ba tat nay kia boi do nha phai
    """
)
# Joins two people into one subject.
AND_WORDS = word_set("va voi cung lan hay hoac ca nhu ke den roi cac may nhung vai hai")
# Words that are read as a name and a kin word only by accident, folded and typed without capitals.
COMPOUNDS = word_pairs(
    """
        anh_huong bac_dau anh_sang ba_nam ba_thang co_hoa co_lan co_the co_thu co_tien co_tam co_long
        co_hong co_y chi_phi chi_tiet chi_thi chi_thu chu_y chu_tri bac_si
        co_hieu co_duc co_son co_mai co_hien huong_dan hanh_vi hanh_chinh thu_tien thu_phi thu_tuc
        thuy_loi thuy_san ha_tang van_de van_ban van_phong van_hoa hoa_don hoa_giai thanh_toan
        thanh_tra thanh_pho thanh_nien binh_thuong tam_tru minh_chung minh_bach dung_han dung_hen
        dung_quy nam_nay nam_ngoai nam_sinh nam_truoc tien_do lan_nay lan_sau lan_truoc tu_phap
        chinh_sach chinh_quyen cuong_che cong_an cong_chuc cong_khai hien_nay hien_tai quang_cao
        thang_truoc hai_phong hoa_binh hai_duong long_vong tan_tinh yen_tam duc_do nga_ba nga_tu
        ngoc_ngach bao_ve bao_che bao_gio bao_nhieu son_la truong_hop truong_hoc lam_viec lam_ly
        phuong_an phuong_tien khanh_thanh quy_dinh ngan_hang linh_tinh thuong_xuyen thinh_thoang
        xep_hang dat_hang ban_hang mua_hang cua_hang khach_hang hang_hoa hang_xom hang_ngay hang_thang hang_nam
        an_toan an_ninh an_tien an_chan nhung_nguoi nhung_ma manh_dat hung_hang hanh_ha
    """
)
COMPOUND_NAMES = frozenset(
    {("thang", "nam"), ("viet", "nam"), ("thang", "hai"), ("thang", "ba"), ("ha", "noi"), ("cong", "hoa")}
)
COMPOUND_TRIPLES = word_pairs("anh_hung_liet anh_hung_luc anh_hung_dan anh_hung_lao")
# Papers that people write with a capital: "Quyết định số 118" names nobody called Quyết.
COMPOUND_PAPERS = word_pairs("quyet_dinh thong_bao cong_van thong_tu luat_dat")
# Before "ba lan" (three times) rather than Mrs Lan.
TIMES_BEFORE = word_set(
    """
        di den ra len goi hen nop sua lam bo tra quay chay xa lai toi hon ca thu xuong sang qua
        gui doi tung duoc hai mat
    """
)
TIMES_AFTER = word_set("roi lien moi ma nua deu lien_tiep chua van khong duoc day")
PLACE_BEFORE = word_set(
    """
        thon ban xom duong pho xa phuong to cau cho truong tinh huyen song nui ho khu ngo hem doi
        lang tp mien mit dan nguoi tieng dat nuoc hoc tet thang ngay quoc trong ngoai vao phia
    """
)
# Given names that, typed without marks, are everyday words.
EVERYDAY = word_set(
    """
        bang hoi nhan mo thu chuc lam lan nam tinh hop tien chinh thuong thanh hien quyet cong
        thang bao huong dinh hanh dung luc toi bac dong tay nga loan hai ba bay tam muoi khanh van
        nhung linh duc khai ky luong phuong quan tu hong mai may mung nho sang son tan tho thong
        tuyen uyen xuan yen chung phong thinh vinh kien khoa lap luu men nhu phuc quang quy quyen
        thoa truc trong tuan ngoc ngan nguyet hoan hung cuong dat dao diep ha hoa hang
    """
)
# The same with their marks: "cụ bằng", "người thu", "anh năm".
EVERYDAY_MARKED = frozenset(
    spelling_key(word)
    for word in word_set(
        """
            bằng hợp nhận thu thành chính bảo hiện nam mơ mở toàn nhàn lợi định tiến thường tới đông bắc hai ba bảy
            tám út công thông an yên sang lực sơn tính thơm thật hiền lành hội minh trung hải lan mai hoa
        """
    )
)
