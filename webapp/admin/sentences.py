"""What was done, and why something was not: codes → sentences for administrators."""

from dataclasses import dataclass
from datetime import date

from models.refusals import Refused
from webapp.words import _, day, marked

DONE = {
    "unit_saved": marked("Đã lưu địa chỉ và đường dây nóng."),
    "signing_saved": marked("Đã lưu ai ký trả lời."),
    "post_added": marked("Đã thêm chức danh {title}."),
    "post_saved": marked("Đã lưu chức danh {title}."),
    "post_removed": marked("Đã bỏ chức danh {title}."),
    "person_added": marked("Đã thêm {name}. Việc tiếp theo: mời {name} vào hệ thống."),
    "people_added": marked("Đã thêm {count} người. Việc tiếp theo: mời những người chưa được mời."),
    "person_saved": marked("Đã lưu tên và cách liên hệ của {name}."),
    "post_taken": marked("Đã ghi: {name} giữ chức danh {title} từ ngày {first}."),
    "standing_in": marked("Đã ghi: {name} thay tạm chức danh {title} từ {first} đến hết {last}."),
    "tenure_ended": marked("Đã ghi: {name} giữ chức danh {title} đến hết ngày {last}."),
    "tenure_struck": marked("Đã bỏ dòng ghi nhầm."),
    "person_left": marked("Đã ghi: {name} làm việc tại đơn vị đến hết ngày {last}."),
    "sessions_ended": marked("Đã đăng xuất {name} ở mọi nơi. Lần sau phải đăng nhập lại."),
    "second_factor_removed": marked(
        "Đã gỡ bước xác nhận thứ hai của {name} và đăng xuất ở mọi nơi. Lần đăng nhập tới phải đặt lại."
    ),
    "duty_saved": marked("Đã lưu lịch trực tháng {month}."),
    "calendar_saved": marked("Đã lưu {count} ngày. Hạn của những việc đang mở đã được tính lại theo lịch mới."),
    "remote_saved": marked("Đã lưu dấu vùng sâu, vùng xa."),
    "code_made": marked("Đã tạo mã {code} cho “{place}”. Việc tiếp theo: in tờ A5 và treo lên."),
    "code_changed": marked("Từ bây giờ mã này hỏi bằng phiếu vừa chọn. Không phải in lại tờ."),
    "code_retired": marked("Đã ngừng mã {code}. Xin gỡ tờ đang treo ở “{place}”."),
    "draft_made": marked("Đã tạo bản nháp. Sửa xong thì bấm Ban hành."),
    "draft_saved": marked("Đã lưu bản nháp."),
    "draft_discarded": marked("Đã bỏ bản nháp."),
    "published": marked(
        "Đã ban hành bản {version}. Từ nay bản này không sửa được nữa. Chọn mã QR sẽ hỏi bằng bản này."
    ),
    "questionnaire_retired": marked("Đã ngừng dùng bản {version}. Câu trả lời đã nhận vẫn giữ nguyên."),
    "rules_saved": marked("Đã lưu bảng phân việc. Ý kiến gửi đến từ bây giờ đi theo bảng này."),
}
REFUSED = {
    "changed_meanwhile": marked(
        "Trong lúc Ông/Bà đang sửa, người khác đã đổi phần này. Bên dưới là số liệu mới; xin xem lại rồi làm tiếp."
    ),
    "too_long": marked("Dài quá {most} chữ cái. Xin viết gọn lại."),
    "phone_odd": marked("Số điện thoại chỉ gồm chữ số, dấu cách, dấu chấm và dấu +. Xin sửa lại."),
    "post_unknown": marked("Xin chọn một chức danh trong danh sách."),
    "post_there": marked("Đơn vị đã có chức danh {title}."),
    "post_used": marked(
        "Chức danh này đã có người giữ, đã được giao việc hoặc được nêu trong bảng phân việc nên không bỏ được. "
        "Không ai giữ thì cứ để trống."
    ),
    "title_missing": marked("Xin ghi tên."),
    "title_taken": marked("Đơn vị đã có chức danh “{title}”. Nhiều người có thể cùng giữ một chức danh."),
    "heads_nothing": marked("Người đứng đầu thì phải thuộc một phòng, ban. Xin ghi tên phòng, ban."),
    "name_missing": marked("Xin ghi họ và tên."),
    "name_odd": marked("“{name}” không giống họ tên. Xin ghi họ và tên, không kèm chữ số hay ký hiệu."),
    "gender_unknown": marked("Xin chọn nam, nữ hoặc chưa rõ."),
    "day_missing": marked("Xin chọn ngày."),
    "day_unreadable": marked("Chưa đọc được ngày. Xin ghi như 05/10/2026."),
    "day_far": marked("Ngày này xa quá. Xin xem lại năm."),
    "last_before_first": marked("Ngày cuối phải từ ngày đầu trở đi."),
    "last_missing": marked("Thay tạm thì phải có ngày cuối."),
    "holds_already": marked("Người này đã giữ {title} trong thời gian đó."),
    "same_post": marked("Người này đang giữ {title}. Xin chọn chức danh khác."),
    "ends_before_start": marked("Chức danh này giữ từ ngày {first}. Xin chọn ngày sau đó, hoặc bỏ dòng ghi nhầm."),
    "ended_already": marked("Chức danh này đã ghi giữ đến hết ngày {last}."),
    "begun_already": marked("Dòng này đã có hiệu lực từ trước hôm nay nên được giữ lại. Hãy ghi ngày cuối."),
    "tenure_unknown": marked("Không tìm thấy dòng này nữa. Xin xem danh sách bên dưới."),
    "nothing_pasted": marked("Chưa có dòng nào. Xin dán danh sách, mỗi người một dòng."),
    "lines_bad": marked("Có dòng chưa dùng được, xem bên dưới. Chưa lưu gì cả."),
    "too_many_lines": marked("Nhiều quá {most} dòng. Xin dán làm nhiều lần."),
    "no_post_held": marked(
        "Người này chưa giữ chức danh nào nên có vào cũng chưa thấy việc gì. Xin ghi chức danh trước."
    ),
    "not_a_leader": marked("Người chọn cho ngày {day} không phải lãnh đạo vào ngày đó. Xin chọn lại."),
    "calendar_empty": marked("Chưa có dòng nào. Xin dán danh sách, mỗi ngày một dòng."),
    "calendar_day_unknown": marked("Ngày này không còn dòng ghi riêng nào để bỏ."),
    "worked_unknown": marked("Xin chọn ngày ấy nghỉ hay làm việc."),
    "source_missing": marked("Xin ghi văn bản nào quy định, để người sau kiểm tra được."),
    "place_missing": marked("Xin ghi nơi treo, ví dụ “Quầy số 2”."),
    "place_taken": marked("Nơi “{place}” đã có mã đang dùng cho việc này. Xin in lại tờ của mã ấy."),
    "purpose_unknown": marked("Xin chọn mã dùng để đánh giá hay để góp ý."),
    "questionnaire_unknown": marked("Xin chọn một phiếu đã ban hành."),
    "code_retired": marked("Mã này đã ngừng dùng."),
    "not_sure": marked("Xin đánh dấu vào ô xác nhận rồi bấm lại."),
    "draft_there": marked("Đơn vị đang có một bản nháp. Xin sửa tiếp bản ấy, hoặc bỏ đi rồi tạo bản mới."),
    "not_a_draft": marked("Bản này đã ban hành nên không sửa được nữa. Muốn đổi thì tạo bản nháp mới."),
    "not_published": marked("Chỉ ngừng được bản đang dùng."),
    "questionnaire_in_use": marked("Còn mã QR đang hỏi bằng bản này. Xin chọn phiếu khác cho các mã ấy trước."),
    "wording_missing": marked("Xin viết câu hỏi."),
    "wording_long": marked("Câu hỏi dài quá {most} chữ cái. Câu ngắn thì nhiều người trả lời hơn."),
    "too_many_own": marked("Nhiều nhất {most} câu của riêng đơn vị."),
    "too_many": marked("Nhiều nhất {most} câu. Phiếu càng dài càng ít người trả lời hết."),
    "labels_unknown": marked("Xin chọn loại và chủ đề trong danh sách."),
    "text_missing": marked("Xin viết thử một ý kiến."),
}
OTHERWISE = marked("Chưa làm được. Xin xem lại rồi thử lần nữa.")


@dataclass(frozen=True)
class Problem:
    """Why a form was not stored: the field to mend (its id in the page; empty for the whole), and how."""

    field: str
    sentence: str


def tell_done(done: str, /, **words: object) -> str:
    """What was done, as a sentence."""
    return _(DONE[done]).format(**_shown(words))


def tell_refused(refused: Refused, prefix: str = "") -> Problem:
    """Why not; `prefix` is that of the form's fields on its page."""
    sentence = _(REFUSED.get(refused.code, OTHERWISE)).format(**_shown(refused.words))
    return Problem(prefix + refused.field if refused.field else "", sentence)


def _shown(words: dict[str, object]) -> dict[str, object]:
    return {name: day(value) if isinstance(value, date) else value for name, value in words.items()}
