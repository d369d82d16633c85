"""What a form proposes while a name is still being typed: nothing, never a fault."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lanling_desktop import catalogue
from lanling_desktop.core.field import Kind
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import Adopted
from lanling_desktop.opening import create_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with create_office(tmp_path_factory.mktemp("office") / "甲.lanling", actor="王敏") as made:
        made.save(
            "salary_scheme", None, {"name": "示例", "valid_from": "2026-01-01"}, confirmed=True
        )
        yield made


@pytest.mark.parametrize("key", catalogue.registers())
def test_half_a_name_proposes_nothing_and_breaks_nothing(office: Office, key: str) -> None:
    register = office.registers[key]
    links = {
        each: column.field.link
        for each, column in register.all_columns.items()
        if column.field.kind is Kind.LINK
    }
    there = {
        each: rows[0][0]
        for each, target in links.items()
        if (rows := office.store.raw(f"SELECT id FROM {target} LIMIT 1"))
    }
    for typed in (
        {},
        dict.fromkeys(links, "<b>"),
        {each: Adopted(target, "还没打完") for each, target in links.items()},
        {**dict.fromkeys(links, "<b>"), **there},
    ):
        said = register.proposed(office, {**register.defaults, **typed})
        assert set(said) <= set(register.all_columns)
