"""The board's pages, paper and workbooks carry the line of the newest checkpoint."""

from io import BytesIO

import openpyxl

from tests.fixtures.world import World
from triage.casework.checkpoint_files import take_checkpoint
from triage.casework.checkpoints import printed

START, COMMUNE = "/hoi-dong/", "/hoi-dong/03646"


def test_paper_and_workbooks_witness_the_record(world: World) -> None:
    client, folder = world.client("board"), world.app.extensions["settings"].checkpoints_dir

    def tell(line: str) -> list[bool]:
        pages = [line in client.get(address).get_data(as_text=True) for address in (START, COMMUNE)]
        books = [client.get(address).data for address in (f"{COMMUNE}/bang.xlsx", f"{START}so-sanh.xlsx")]
        cells = [str(list(openpyxl.load_workbook(BytesIO(book)).worksheets[-1].values)) for book in books]
        return pages + [line in words for words in cells]

    assert tell("chốt sổ số") == [False] * 4
    line = printed(take_checkpoint(world.database, folder, world.clock()))
    assert tell(line) == [True] * 4
    (file,) = folder.glob("*.jsonl")
    file.write_text("{}\n", encoding="utf-8")
    assert tell("chốt sổ số") == [False] * 4, "figures do not wait for the record to be mended"
