"""The catalogue and the registers agree; everything said once is said well."""

from __future__ import annotations

import subprocess
import sys

from lanling_desktop import catalogue
from lanling_desktop.core.field import Kind
from lanling_desktop.core.records import table_of
from lanling_desktop.core.values import choices_of


def test_the_rail_is_the_registers_of_the_menu() -> None:
    menu = [(r.key, r.title, r.icon) for r in catalogue.registers().values() if r.menu]
    assert sorted(menu) == sorted(catalogue.RAIL)


def test_the_groups_of_the_rail_name_each_entry_once_and_in_its_order() -> None:
    grouped = [key for _, keys in catalogue.GROUPS for key in keys]
    assert grouped == [key for key, _, _ in catalogue.RAIL]


def test_every_register_names_only_columns_it_has() -> None:
    registers = catalogue.registers()
    for register in registers.values():
        known = register.all_columns
        assert register.key == register.record.__tablename__
        assert set(register.columns) <= set(known)
        assert register.order in known
        assert {key for group in register.duplicates for key in group} <= set(known)
        for child in register.children:
            assert child.via in table_of(registers[child.register].record).c, (register.key, child)
        for column in known.values():
            if column.field.kind is Kind.LINK:
                assert column.field.link in registers
            if column.field.choices:
                assert choices_of(column.field)


def test_no_two_columns_of_a_sheet_have_one_name() -> None:
    for register in catalogue.registers().values():
        labels = [each.field.label for each in register.exchange_columns]
        assert len(labels) == len(set(labels)), register.key


def test_naming_the_modules_loads_no_library() -> None:
    code = (
        "import sys; from lanling_desktop import catalogue; catalogue.RAIL;"
        "heavy = {'sqlalchemy','reportlab','openpyxl','xlsxwriter','alembic','python_calamine'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
