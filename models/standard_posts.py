"""The posts that most communes have since 1 July 2025, as an administrator is offered them (pure).

Identifiers are those the routing table names. Number and names of departments differ between provinces:
every line can be changed once it is added.
"""

from dataclasses import dataclass

_LEADERS = "Lãnh đạo UBND"
_OFFICE = "Văn phòng HĐND và UBND"
_CENTRE = "Trung tâm Phục vụ hành chính công"
_ECONOMY = "Phòng Kinh tế"
_CULTURE = "Phòng Văn hóa – Xã hội"


@dataclass(frozen=True)
class StandardPost:
    """One post to choose from: its identifier, title, department, whether it signs, whether it heads."""

    code: str
    title: str
    department: str = ""
    signs: bool = False
    heads: bool = False


COMMUNE_POSTS = (
    StandardPost("chairperson", "Chủ tịch UBND", _LEADERS, signs=True),
    StandardPost("vice_chairperson", "Phó Chủ tịch UBND", _LEADERS, signs=True),
    StandardPost("public_service_center_director", "Giám đốc Trung tâm Phục vụ hành chính công", _CENTRE,
                 signs=True, heads=True),
    StandardPost("one_stop_officer", "Công chức tiếp nhận hồ sơ", _CENTRE),
    StandardPost("office_chief", "Chánh Văn phòng HĐND và UBND", _OFFICE, heads=True),
    StandardPost("justice_officer", "Công chức Tư pháp – Hộ tịch", _OFFICE),
    StandardPost("reception_clerk", "Văn thư, tiếp nhận ý kiến", _OFFICE),
    StandardPost("restricted_intake", "Người tiếp nhận đơn thư"),
    StandardPost("economy_department_head", "Trưởng phòng Kinh tế", _ECONOMY, heads=True),
    StandardPost("land_officer", "Công chức Địa chính", _ECONOMY),
    StandardPost("construction_officer", "Công chức Xây dựng", _ECONOMY),
    StandardPost("agriculture_officer", "Công chức Nông nghiệp", _ECONOMY),
    StandardPost("accountant", "Kế toán", _ECONOMY),
    StandardPost("culture_social_department_head", "Trưởng phòng Văn hóa – Xã hội", _CULTURE, heads=True),
    StandardPost("culture_officer", "Công chức Văn hóa", _CULTURE),
    StandardPost("welfare_officer", "Công chức Chính sách xã hội", _CULTURE),
    StandardPost("commune_police_chief", "Trưởng Công an", "Công an", heads=True),
    StandardPost("military_commander", "Chỉ huy trưởng Quân sự", "Ban Chỉ huy Quân sự", heads=True),
)  # fmt: skip
PROVINCE_POSTS = (StandardPost("superior_handler", "Người tiếp nhận cấp tỉnh", signs=True),)
