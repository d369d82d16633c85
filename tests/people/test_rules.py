"""What is warned about and what is refused of a person."""

from __future__ import annotations

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.office import Office

NUMBER = "34052419800101001X"


def test_a_birth_unlike_the_number_asks_for_its_reason_and_can_be_saved(
    desk_office: Office,
) -> None:
    typed = {"name": "张玉兰", "identity_number": NUMBER, "birth": "1980-01-02", "sex": "女"}
    with pytest.raises(RejectedError) as refused:
        desk_office.save("person", None, typed)
    assert [(each.key, each.warning) for each in refused.value.problems] == [
        ("birth", True),
        ("sex", True),
    ]
    assert all("不符说明" in each.words for each in refused.value.problems)
    desk_office.save("person", None, {**typed, "birth_note": "档案如此"})
    desk_office.save("person", None, {**typed, "identity_number": ""})
    made = desk_office.save("person", None, typed, confirmed=True)
    assert desk_office.read("person", made.main).texts["birth"] == "1980-01-02"
