"""How people shorten words on a phone, spelled out (pure). Only what has one likely meaning in letters to an office."""

# One group a line: the full words, then how they are typed.
_TABLE = """
không: ko k kh kg khg kog khog hok hông hem khum khôg kô k0 hk hổng
được: dc đc đcj đươc
với: vs v0i
gì: j gj zì
như thế nào: ntn
mọi người: mn mng
làm: lm
rồi: r rùi ròi roy
biết: bít bik bjk biêt
bao nhiêu: bnh bnhiu
nhiều: nhìu nhiu
người: ng ngừi
người ta: nta ngta
cũng: cx cg cũg
vậy: v z zậy zay dzậy dz
mới: ms
trả lời: tl trl
điện thoại: đt dt
số điện thoại: sđt sdt
hồ sơ: hs hsơ
giấy tờ: gtờ gto
cán bộ: cb cbo cbộ
nhân viên: nv nvien
trước: trc trk trcs
em: e
anh: a
chị: c
anh chị: ac
mình: mk mik mh
hôm nay: hnay hnai
hôm qua: hqua
luôn: lun
thôi: thoy thui hoy
quá: wá wa qá qa
đang: đag dag đg
nhưng: nhg nhưg nhug
gia đình: gđ gđình gdinh
xây dựng: xd xdựng
quyết định: qđ qđịnh
đăng ký: đki dki đkí dkí đký đăngký
thủ tục: ttục ttuc
thời gian: tgian tg
hướng dẫn: hdẫn hdan hd
kiểm tra: ktra kt
bây giờ: bh bjo bgio bâyh
bao giờ: bg bgiờ
chưa: chx
công ty: cty
tài khoản: tk
mật khẩu: mkhau mkhẩu
giấy khai sinh: gks
xử lý: xly xlý xuly
giáo viên: gv gvien
học sinh: hsinh
bệnh viện: bviện bvien
ủy ban: ub uỷban
thái độ: tđ thđộ thaido
thông báo: tbáo tbao
nói chuyện: nc nch
nói: ns
tiền: xiền
triệu: tr trđ
nghìn: ngàn ngìn
bảo hiểm: bhiểm bhiem
xuống: xg xún
thích: thík thik
gửi: gởi
bảo hiểm y tế: bhyt
bảo hiểm xã hội: bhxh
căn cước công dân: cccd
chủ tịch: ctịch ct
trưởng thôn: tthôn
hành chính công: hcc
trung tâm: ttâm
cảm ơn: tks thanks thank thks camon cmon
"""

LONG: dict[str, str] = {}
"""Short form, lower case → the full words."""

for _line in filter(None, _TABLE.splitlines()):
    _full, _short = _line.split(":")
    for _form in _short.split():
        LONG.setdefault(_form, _full)
