from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lanling_desktop.standards import workdays

NOTICES = {
    2024: """国务院办公厅关于2024年部分节假日安排的通知
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫、疫情防控等工作。
国务院办公厅
2023年10月25日
""",
    2025: """国务院办公厅关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
国务院办公厅
2024年11月12日
""",
    2026: """国务院办公厅关于2026年部分节假日安排的通知,全文如下:
经国务院批准,现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦:1月1日(周四)至3日(周六)放假调休,共3天。1月4日(周日)上班。
二、春节:2月15日(农历腊月二十八、周日)至23日(农历正月初七、周一)放假调休,共9天。2月14日(周六)、2月28日(周六)上班。
三、清明节:4月4日(周六)至6日(周一)放假,共3天。
四、劳动节:5月1日(周五)至5日(周二)放假调休,共5天。5月9日(周六)上班。
五、端午节:6月19日(周五)至21日(周日)放假,共3天。
六、中秋节:9月25日(周五)至27日(周日)放假,共3天。
七、国庆节:10月1日(周四)至7日(周三)放假调休,共7天。9月20日(周日)、10月10日(周六)上班。
国务院办公厅
2025年11月4日
""",
}
HOLIDAYS = workdays.shipped()


@pytest.mark.parametrize("year", sorted(NOTICES))
def test_the_shipped_years_are_the_notices(year):
    read = workdays.parse_notice(NOTICES[year])
    assert read.year == year
    assert workdays.Holidays([read]).years == (year,)
    shipped = {
        day: HOLIDAYS.special(day)
        for day in (date(year, 1, 1) + timedelta(days=n) for n in range(366))
        if day.year == year and HOLIDAYS.special(day)
    }
    assert shipped == {special.day: special for special in read.days}


def test_only_known_years_are_shipped():
    assert HOLIDAYS.years == (2024, 2025, 2026)


def test_a_make_up_day_and_a_holiday():
    assert HOLIDAYS.is_workday(date(2026, 2, 14))
    assert not HOLIDAYS.is_workday(date(2026, 2, 16))
    assert not HOLIDAYS.is_workday(date(2024, 6, 8))
    assert workdays.parse_notice(NOTICES[2026]).work == {
        date(2026, 1, 4),
        date(2026, 2, 14),
        date(2026, 2, 28),
        date(2026, 5, 9),
        date(2026, 9, 20),
        date(2026, 10, 10),
    }


def test_older_wordings():
    read = workdays.parse_notice(
        """关于2023年部分节假日安排的通知
        一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
        二、春节：1月27日放假，1月28日补休。""",
    )
    assert sorted(read.off) == [
        date(2022, 12, 31),
        date(2023, 1, 1),
        date(2023, 1, 2),
        date(2023, 1, 27),
        date(2023, 1, 28),
    ]


@pytest.mark.parametrize(
    ("notice", "word"),
    [
        ("", "标题"),
        ("关于2026年部分节假日安排的通知", "条目"),
        ("2026年部分节假日\n一、元旦：1月1日(周五)放假。", "不是周五"),
        ("2026年部分节假日\n一、元旦：1月1日至3日放假，共4天。", "共4天"),
        ("2026年部分节假日\n一、元旦：0月1日放假。", "0月1日"),
        ("2026年部分节假日\n一、元旦：1日放假。", "不对"),
        ("2026年部分节假日\n一、元旦：1月3日至1日放假。", "起止日期"),
        ("2026年部分节假日\n一、元旦：1月4日上班。", "没有读到放假日期"),
        ("2026年部分节假日\n一、元旦：1月4日。", "看不出"),
        ("2026年部分节假日\n一、元旦：1月1日放假。1月1日上班。", "既放假又上班"),
    ],
)
def test_a_notice_that_does_not_agree_is_refused(notice, word):
    with pytest.raises(ValueError, match=word):
        workdays.parse_notice(notice)


@pytest.mark.fault(61)
def test_a_deadline_explains_itself():
    deadline = workdays.add_workdays(date(2026, 2, 12), 5, HOLIDAYS)
    assert deadline.date == date(2026, 2, 26)
    assert deadline.unknown_years == ()
    assert deadline.steps == (
        "自2026年2月12日（周四）的次日起算，计5个工作日",
        "2026年2月13日（周五）：工作日，计1天，累计1个工作日",
        "2026年2月14日（周六）：春节调休上班，计1天，累计2个工作日",
        "2026年2月15日（周日）至2026年2月23日（周一）：春节放假，不计",
        "2026年2月24日（周二）至2026年2月26日（周四）：工作日，计3天，累计5个工作日",
        "到期日为2026年2月26日（周四）",
    )


@pytest.mark.fault(61)
def test_an_unknown_year_is_said():
    deadline = workdays.add_workdays(date(2027, 12, 30), 3, HOLIDAYS)
    assert deadline.date == date(2028, 1, 4)
    assert deadline.unknown_years == (2027, 2028)
    assert "2028年放假安排未录入，按周一至周五估算" in deadline.steps


def test_a_year_can_be_added():
    notice = "2028年部分节假日\n一、元旦：1月3日（周一）放假。"
    known = HOLIDAYS.with_year(workdays.parse_notice(notice))
    assert workdays.add_workdays(date(2028, 1, 2), 1, known).date == date(2028, 1, 4)
    assert workdays.add_workdays(date(2028, 1, 2), 1, HOLIDAYS).date == date(2028, 1, 3)


def test_less_than_one_day_is_refused():
    with pytest.raises(ValueError, match="至少"):
        workdays.add_workdays(date(2026, 1, 1), 0, HOLIDAYS)


@given(st.dates(date(2024, 1, 1), date(2027, 6, 1)), st.integers(1, 60))
def test_adding_and_counting_agree(start, n):
    deadline = workdays.add_workdays(start, n, HOLIDAYS)
    assert HOLIDAYS.is_workday(deadline.date)
    assert workdays.count_workdays(start, deadline.date, HOLIDAYS) == n
    assert workdays.count_workdays(deadline.date, start, HOLIDAYS) == -n
