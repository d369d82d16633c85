"""Run by test_one_column.py in a process of its own: one line adds a column to a record.

The line is the one marked below. Everything after it is the office as it always is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from alembic.autogenerate import produce_migrations
from alembic.operations import Operations
from alembic.operations.ops import ModifyTableOps
from alembic.runtime.migration import MigrationContext

from lanling_desktop import catalogue
from lanling_desktop.core import bare, migrate, schema
from lanling_desktop.core.clock import fixed
from lanling_desktop.core.field import Field
from lanling_desktop.core.office import Office
from lanling_desktop.core.plain import View
from lanling_desktop.core.records import Base, column, fields_of
from lanling_desktop.core.store import Store
from lanling_desktop.exchange import transfer, workbook
from lanling_desktop.people.records import Person
from lanling_desktop.printing.paper import COLUMNS, Request, print_paper
from lanling_desktop.printing.preview import page_text

OLD_NAME = "曾用名"


def older_file(path: Path) -> None:
    """A file as every migration so far leaves it, with somebody in it."""
    catalogue.registers()
    connection = bare.connect(path)
    with schema.engine_over(connection).begin() as transaction:
        migrate.run(transaction, "heads")
    connection.execute("INSERT INTO person (id, name, name_key) VALUES ('p1', '张玉兰', 'zhang')")
    connection.close()


def migrated(path: Path) -> None:
    """The migration Alembic writes by itself from the difference, applied."""
    connection = bare.connect(path)
    with schema.engine_over(connection).begin() as transaction:
        options = {"include_object": lambda _o, name, *_: not str(name).startswith("search_text")}
        context = MigrationContext.configure(transaction, opts=options)
        found = produce_migrations(context, Base.metadata).upgrade_ops
        operations = Operations(context)
        assert found is not None
        steps = [op for each in found.ops if isinstance(each, ModifyTableOps) for op in each.ops]
        assert [type(step).__name__ for step in steps] == ["AddColumnOp"], steps
        for step in steps:
            operations.invoke(step)
    connection.close()


def main(folder: Path) -> None:
    path = folder / "旧.lanling"
    older_file(path)
    Person.former_name = column(Field(OLD_NAME, search=True, aliases=("原名",)))  # the one line
    fields_of.cache_clear()  # what was said of a person was read before the line was there
    migrated(path)
    registers = catalogue.registers()
    with Office(Store.open(path), registers, clock=fixed(2026, 11, 23)) as office:
        check_form(office)
        office.save("person", "p1", {"former_name": "张小妹"})
        check_list_and_search(office)
        check_sheets(office, folder)
        check_paper(office)
        history = office.history("person", "p1")
        assert (
            history[0].label,
            history[0].before,
            history[0].after,
        ) == ("曾用名", "张小妹", "张大妹")
    print("found everywhere")


def check_form(office: Office) -> None:
    from PySide6.QtWidgets import QApplication, QLineEdit

    from ui.widgets.form import Form

    app = QApplication.instance() or QApplication([])
    register = office.registers["person"]
    sections = [
        (title, [(key, register.all_columns[key].field) for key in keys])
        for title, keys in register.form_sections
    ]
    form = Form(sections)
    box = form.findChild(QLineEdit, "former_name.box")
    assert box.accessibleName() == OLD_NAME
    form.deleteLater()
    app.processEvents()


def check_list_and_search(office: Office) -> None:
    view = View("person")
    assert office.page(view, 0, 5, keys=("name", "former_name"))[0][1:] == ("张玉兰", "张小妹")
    assert [hit.id for hit in office.find("小妹")] == ["p1"]


def check_sheets(office: Office, folder: Path) -> None:
    template = folder / "模板.xlsx"
    transfer.write_template(office, "person", template)
    heads = [cell.text for cell in workbook.read(template).sheets[0].rows[1]]
    assert OLD_NAME in heads, heads
    sheet = folder / "名单.xlsx"
    transfer.export_view(office, View("person"), sheet, masked=False, keys=("name", "former_name"))
    edited(sheet)
    outcome = transfer.import_file(office, "person", sheet)
    assert outcome.plan.summary.startswith("新增 0 行，修改 1 行"), list(outcome.lines())
    assert office.read("person", "p1").texts["former_name"] == "张大妹"


def edited(sheet: Path) -> None:
    import openpyxl

    book = openpyxl.load_workbook(sheet)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "张小妹":
                cell.value = "张大妹"
            if cell.value == OLD_NAME:
                cell.value = "原名"  # as another office calls it
    book.save(sheet)


def check_paper(office: Office) -> None:
    paper = catalogue.papers()["list_person"]
    request = Request(view=View("person"), arguments={COLUMNS: "name,former_name"})
    printed = print_paper(office, paper, request)
    text = page_text(printed.pdf, 0)
    assert OLD_NAME in text, text
    assert "张大妹" in text, text


if __name__ == "__main__":
    main(Path(sys.argv[1]))
