"""The decision record lists exactly the transitions that the data marks as coming later."""

import re

from app.reference import FOLDER, load_reference

RECORD = FOLDER.parents[1] / "docs/decisions/0003-transitions-coming-later.md"


def test_record_and_data_agree() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", RECORD.read_text(), re.MULTILINE)
    marked = [id_ for id_, record in load_reference().transitions.items() if record.later]
    assert sorted(listed) == sorted(marked)
