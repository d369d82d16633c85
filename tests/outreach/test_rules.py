"""What the outer ring refuses: a plaque without its number, a withdrawal without its day."""

from __future__ import annotations

import pytest

from lanling_desktop.core.acts import RejectedError
from lanling_desktop.core.office import Office

SHOP = {"name": "便民超市", "status": "申报"}
HUNG = SHOP | {"status": "挂牌", "plaque_no": "SH-1", "plaque_on": "2026-01-05"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (HUNG | {"plaque_no": ""}, "请填牌号"),
        (HUNG | {"plaque_on": ""}, "请填挂牌日期"),
        (HUNG | {"status": "摘牌"}, "请填摘牌日期"),
        (HUNG | {"withdrawn_on": "2026-02-01"}, "应为摘牌"),
        (HUNG | {"status": "摘牌", "withdrawn_on": "2026-01-01"}, "早于挂牌日期"),
    ],
)
def test_a_merchant_is_refused(desk_office: Office, typed: dict[str, str], said: str) -> None:
    with pytest.raises(RejectedError, match=said):
        desk_office.save("party_merchant", None, typed)
    desk_office.save("party_merchant", None, HUNG)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"result": "限期整改"}, "写明发现的问题"),
        ({"checked_on": "2026-12-01"}, "不能晚于今天"),
        ({"rectified_on": "2026-10-01"}, "早于检查日期"),
    ],
)
def test_a_check_is_refused(desk_office: Office, typed: dict[str, str], said: str) -> None:
    shop = desk_office.save("party_merchant", None, HUNG).main
    check = {"merchant_id": shop, "checked_on": "2026-11-01", "result": "合格"}
    with pytest.raises(RejectedError, match=said):
        desk_office.save("merchant_check", None, check | typed)
    desk_office.save("merchant_check", None, check)
