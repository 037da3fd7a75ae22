"""The staff of a commune nobody described: its usual posts, without a name (pure).

Where no roster is given nobody can be kept out, but "quầy 3 quát dân" and "trưởng thôn chia tiền" still blame staff:
these posts let titles and desks be heard as a commune's own.
"""

from triage.routing.roster import Person, Roster

_UBND, _OFFICE, _ECONOMY = "UBND", "Văn phòng HĐND và UBND", "Phòng Kinh tế"
_SOCIAL, _CENTRE = "Phòng Văn hóa – Xã hội", "Trung tâm Phục vụ hành chính công"
_POLICE, _MILITARY = "Công an xã", "Ban Chỉ huy Quân sự"

# Law 72/2025 Art. 36 and decrees 118/2025 and 150/2025: the departments of a commune since July 2025. The posts in
# them are those that communes usually fill.
_POSTS = (
    ("chairperson", "Chủ tịch UBND", _UBND),
    ("vice_chairperson", "Phó Chủ tịch UBND", _UBND),
    ("office_chief", "Chánh Văn phòng HĐND và UBND", _OFFICE),
    ("justice_officer", "Công chức tư pháp – hộ tịch", _OFFICE),
    ("archive_clerk", "Văn thư", _OFFICE),
    ("accountant", "Kế toán", _OFFICE),
    ("guard", "Bảo vệ", _OFFICE),
    ("economy_department_head", "Trưởng phòng Kinh tế", _ECONOMY),
    ("land_officer", "Công chức địa chính", _ECONOMY),
    ("construction_officer", "Công chức xây dựng – đô thị", _ECONOMY),
    ("agriculture_officer", "Công chức nông nghiệp – môi trường", _ECONOMY),
    ("veterinary", "Nhân viên thú y", _ECONOMY),
    ("culture_social_department_head", "Trưởng phòng Văn hóa – Xã hội", _SOCIAL),
    ("welfare_officer", "Công chức lao động – xã hội", _SOCIAL),
    ("culture_officer", "Công chức văn hóa", _SOCIAL),
    ("public_service_center_director", "Giám đốc Trung tâm Phục vụ hành chính công", _CENTRE),
    *(("counter_clerk", f"Nhân viên quầy số {number}", _CENTRE) for number in range(1, 9)),
    ("commune_police_chief", "Trưởng Công an xã", _POLICE),
    ("police_officer", "Cán bộ Công an xã", _POLICE),
    ("military_commander", "Chỉ huy trưởng Ban Chỉ huy Quân sự", _MILITARY),
    ("village_head", "Trưởng thôn", ""),
    ("health_station_head", "Trạm trưởng Y tế", "Trạm Y tế"),
)

UNNAMED = Roster(
    staff=tuple(
        Person(id=f"{post} {number}", name="", title=title, post=post, department=department)
        for number, (post, title, department) in enumerate(_POSTS)
    )
)
"""Titles and desks only; nobody here can be kept out of anything."""
