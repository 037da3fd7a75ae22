"""The administrator's page about the classifier: from stored rows, in plain words, without a count that betrays."""

import subprocess
import sys

from tests.fixtures.admin import commune_admin, words
from tests.fixtures.officers import BRIBE, HOLE, ROAD, open_entry, press
from tests.fixtures.releases import EVERY_FIGURE, add_release, open_drawn
from tests.fixtures.world import World
from triage.casework.opening import Labels
from triage.reading.shares import Share
from triage.releasing.comparing import Fall
from webapp.admin.classifier_words import in_hundred

PAGE = "/quan-tri/may-doc-thu"
RUBBISH = Labels("petition", "environment", False, False)


def page_of(world: World) -> str:
    return words(world.client("admin").get(PAGE))


def judge(world: World, count: int, labels: Labels, release: str = "aaaa") -> None:
    leader = world.client("chairperson")
    for number in range(count):
        opened = open_drawn(world, f"{HOLE} {labels.topic} {number}", release)
        assert press(leader, opened, "xac-nhan", labels).status_code == 303


def test_before_anything_is_on_record_it_says_what_comes(world: World) -> None:
    page = page_of(world)
    assert "Bản đi kèm chương trình đang đọc thư" in page
    assert "Chưa có việc nào được chọn" in page
    assert "Chưa ghi bản nào" in page


def test_which_reads_since_when_and_what_it_learned(world: World) -> None:
    add_release(world, "aaaa")
    add_release(world, "bbbb", "no_fall", 312)
    page = page_of(world)
    assert "Bản số 2 đang đọc thư, từ 09:00 ngày 05/10/2026" in page
    assert "Học từ 5.151 thư mẫu và hơn 310 thư cán bộ đã phân loại" in page
    assert "94 trong 100 thư tố cáo, máy nhận ra" in page
    assert "gõ không dấu: 94" in page
    assert "Bản số 1 đã thôi dùng" in page


def test_few_corrections_are_not_counted_out(world: World) -> None:
    add_release(world, "aaaa", "no_fall", 3)
    assert "dưới 20 thư cán bộ đã phân loại" in page_of(world)


def test_why_a_release_was_refused(world: World) -> None:
    add_release(world, "aaaa")
    falls = [Fall("frozen, bare", "urgent, recall", Share(177, 188), Share(175, 188)),
             Fall("fresh", "denunciation, recall", Share(2, 3), Share(1, 3))]  # fmt: skip
    add_release(world, "bbbb", "fell", 40, falls)
    page = page_of(world)
    assert "Bản số 2 không được dùng" in page
    assert "nhận ra thư báo nguy hiểm 175 thay vì 177 trong 188 (bộ thư thử gõ không dấu)" in page
    assert "nhận ra thư tố cáo (thư cán bộ đã phân loại)" in page
    assert "trong 3 " not in page, "how many denunciations people confirmed is not told"
    assert "Bản số 1 đang đọc thư" in page


def test_how_right_it_is_here_with_its_doubt_and_a_picture(world: World) -> None:
    add_release(world, "aaaa")
    judge(world, 18, ROAD)
    judge(world, 2, RUBBISH)
    open_drawn(world, HOLE, "aaaa")
    answer = world.client("admin").get(PAGE)
    page = words(answer)
    assert "người giải quyết giữ nguyên khoảng 90 việc (từ 70 đến 97)" in page
    assert "giữ nguyên cả loại, chủ đề và nơi nhận ở 18 trong 20 việc" in page
    assert "Còn 1 việc chờ" in page
    assert answer.get_data(as_text=True).count('class="chart chart-trend"') == 2


def test_too_few_are_not_told(world: World) -> None:
    judge(world, 4, ROAD)
    page = page_of(world)
    assert "Chưa đủ 20 việc" in page
    assert "4 việc đã có người phân loại" in page
    assert "chart-trend" not in page


def test_people_s_corrections_leave_out_what_is_restricted(world: World) -> None:
    leader = world.client("chairperson")
    for number in range(7):
        opened = open_entry(world, f"{HOLE} {number}", ROAD)
        press(leader, opened, "xac-nhan", BRIBE if number == 6 else RUBBISH if number == 5 else ROAD)
    page = page_of(world)
    assert "Đường, cầu, điện, nước, thoát nước, chiếu sáng 5 trong 6" in page
    assert "6 trong 6 ý kiến" in page


def test_an_administrator_of_one_commune_sees_the_same_counts(world: World) -> None:
    judge(world, 6, ROAD)
    assert "6 trong 6" in words(commune_admin(world).get(PAGE))


def test_the_page_is_reached_from_the_first_one(world: World) -> None:
    assert f'href="{PAGE}"' in world.client("admin").get("/quan-tri/").get_data(as_text=True)


def test_it_is_for_administrators(world: World) -> None:
    assert world.client("chairperson").get(PAGE).status_code == 403
    assert world.client("board").get(PAGE).status_code == 403


def test_the_page_loads_no_classifier() -> None:
    said = "import sys, webapp.admin.classifier; sys.exit(bool({'sklearn', 'scipy', 'numpy'} & sys.modules.keys()))"
    program = f"import webapp; {said}"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_share_of_a_hundred_is_never_rounded_to_all_or_none() -> None:
    assert [in_hundred(value) for value in (1.0, 0.999, 0.5, 0.001, 0.0)] == ["100", "99", "50", "1", "0"]
    assert in_hundred(EVERY_FIGURE["denunciation, recall"].value or 0) == "94"
