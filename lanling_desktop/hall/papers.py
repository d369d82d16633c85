"""Every paper of the halls, as the catalogue finds them."""

from __future__ import annotations

from lanling_desktop.hall import meeting_papers, official_papers, whole_sets
from lanling_desktop.printing.paper import FULL, MASKED, Paper

_FILED = (FULL,)
_MEETING = "hall_meeting"
_COPIES = ((official_papers.COPIES, "抄送单位"),)
_YEAR = ((whole_sets.YEAR, "年份"),)

PAPERS = (
    Paper("meeting_notice", "会议通知", _MEETING, meeting_papers.draw_notice, True, _FILED),
    Paper("meeting_agenda", "议题单", _MEETING, meeting_papers.draw_agenda, True, _FILED),
    Paper("meeting_sign_in", "签到表", _MEETING, meeting_papers.draw_sign_in, True, _FILED),
    Paper("meeting_record", "会议记录", _MEETING, meeting_papers.draw_record, True, _FILED),
    Paper(
        "meeting_minutes", "会议纪要", _MEETING, meeting_papers.draw_minutes, True, _FILED, _COPIES
    ),
    Paper("meeting_publicity", "公示", _MEETING, meeting_papers.draw_public, True, (MASKED,)),
    Paper("publicity_photos", "公示照片页", _MEETING, meeting_papers.draw_photos, True, _FILED),
    Paper("meeting_set", "会议全套", _MEETING, whole_sets.draw_meeting_set, True, _FILED),
    Paper("action_ledger", "议事台账", "action_item", meeting_papers.draw_ledger),
    Paper("action_receipt", "办结回执", "action_item", meeting_papers.draw_receipt, True, _FILED),
    Paper("visitor_book", "来访登记", "visitor_reception", meeting_papers.draw_visitors),
    Paper("year_set", "年度全套", "meeting_hall", whole_sets.draw_year_set, True, _FILED, _YEAR),
)
