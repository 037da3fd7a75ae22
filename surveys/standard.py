"""The standard questionnaire: one overall face and one text box, then five items in the official wording.

Wording of the items: the Ministry of Home Affairs' satisfaction form, one-stop part. Fields of procedures:
the fields commune-level counters handle most; an administrator's own list is configuration.
"""

from typing import Any

STANDARD_SERIES = "giao-dich-mot-cua"

STANDARD_DOCUMENT: dict[str, Any] = {
    "questions": [
        {
            "key": "overall",
            "kind": "face",
            "wording": "Lần giao dịch vừa rồi, Ông/Bà thấy thế nào?",
            "required": True,
        },
        {"key": "comment", "kind": "text", "wording": "Ông/Bà muốn nói thêm điều gì?"},
        {
            "key": "procedure_field",
            "kind": "choice",
            "wording": "Ông/Bà làm thủ tục về việc gì?",
            "options": [
                ["civil_status", "Hộ tịch (khai sinh, kết hôn, khai tử)"],
                ["certification", "Chứng thực, sao y"],
                ["land", "Đất đai"],
                ["construction", "Xây dựng"],
                ["social_welfare", "Chính sách xã hội, bảo hiểm"],
                ["residence", "Cư trú, căn cước"],
                ["business", "Đăng ký kinh doanh"],
                ["other", "Việc khác"],
            ],
        },
        {
            "key": "attitude",
            "kind": "item",
            "wording": "Công chức có thái độ giao tiếp lịch sự, tôn trọng đối với người dân",
        },
        {
            "key": "guidance",
            "kind": "item",
            "wording": "Công chức hướng dẫn hồ sơ dễ hiểu, đảm bảo người dân có thể hoàn thiện hồ sơ "
            "sau một lần hướng dẫn",
        },
        {
            "key": "answers",
            "kind": "item",
            "wording": "Công chức cung cấp thông tin, trả lời kịp thời, đầy đủ",
        },
        {
            "key": "publicity",
            "kind": "item",
            "wording": "Quy định TTHC được niêm yết công khai, dễ thấy, dễ hiểu",
        },
        {"key": "on_time", "kind": "item", "wording": "Kết quả được trả đúng hẹn"},
    ]
}
