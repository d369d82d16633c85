"""Accounts, attachments, pay, former parents.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "account",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("party", sa.String(), nullable=True),
        sa.Column("hall", sa.String(), nullable=True),
        sa.Column("grids", sa.String(), nullable=True),
        sa.Column("outreach", sa.String(), nullable=True),
        sa.Column("residents", sa.String(), nullable=True),
        sa.Column("salary", sa.String(), nullable=True),
        sa.Column("export", sa.Boolean(), nullable=True),
        sa.Column("unmask", sa.Boolean(), nullable=True),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_binned_at"), ["binned_at"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("owner_table", sa.String(), nullable=True),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=True),
        sa.Column("file_name", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachment_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_attachment_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "contribution_rate",
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("employer_pct", sa.String(), nullable=True),
        sa.Column("worker_pct", sa.String(), nullable=True),
        sa.Column("base_min", sa.Integer(), nullable=True),
        sa.Column("base_max", sa.Integer(), nullable=True),
        sa.Column("whole_yuan", sa.Boolean(), nullable=True),
        sa.Column("doc_no", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_rate")),
    )
    with op.batch_alter_table("contribution_rate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contribution_rate_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contribution_rate_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "salary_scheme",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("doc_no", sa.String(), nullable=True),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("is_example", sa.Boolean(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salary_scheme")),
    )
    with op.batch_alter_table("salary_scheme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_salary_scheme_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_salary_scheme_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "pay_run",
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("batch", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("demo", sa.Boolean(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("gross", sa.Integer(), nullable=True),
        sa.Column("deductions", sa.Integer(), nullable=True),
        sa.Column("net", sa.Integer(), nullable=True),
        sa.Column("employer", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("calculated_on", sa.Date(), nullable=True),
        sa.Column("reviewed_by", sa.String(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("left_out", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("rules_used", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_pay_run_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_run")),
    )
    with op.batch_alter_table("pay_run", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_run_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_run_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_run_month"), ["month"], unique=False)

    op.create_table(
        "contribution_base",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("base", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_contribution_base_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution_base")),
    )
    with op.batch_alter_table("contribution_base", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_contribution_base_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contribution_base_valid_from"), ["valid_from"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_contribution_base_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "former_parent",
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["party_organisation.id"],
            name=op.f("fk_former_parent_organisation_id_party_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["party_organisation.id"],
            name=op.f("fk_former_parent_parent_id_party_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_parent")),
    )
    with op.batch_alter_table("former_parent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_former_parent_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_former_parent_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_former_parent_organisation_id_valid_to"),
            ["organisation_id", "valid_to"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_former_parent_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_former_parent_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "grade_decision",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("scheme_id", sa.String(length=32), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("computed_grade", sa.Integer(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("override_reason", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("doc_no", sa.String(), nullable=True),
        sa.Column("steps", sa.String(), nullable=True),
        sa.Column("inputs", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["scheme_id"],
            ["salary_scheme.id"],
            name=op.f("fk_grade_decision_scheme_id_salary_scheme"),
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_grade_decision_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grade_decision")),
    )
    with op.batch_alter_table("grade_decision", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_grade_decision_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_grade_decision_scheme_id"), ["scheme_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_grade_decision_valid_from"), ["valid_from"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_grade_decision_worker_id"), ["worker_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_grade_decision_worker_id_valid_from"),
            ["worker_id", "valid_from"],
            unique=False,
        )

    op.create_table(
        "pay_absence",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("percent", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_pay_absence_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_absence")),
    )
    with op.batch_alter_table("pay_absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_absence_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_absence_valid_from"), ["valid_from"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_absence_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "pay_history",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("basic", sa.Integer(), nullable=True),
        sa.Column("performance", sa.Integer(), nullable=True),
        sa.Column("certificate", sa.Integer(), nullable=True),
        sa.Column("other", sa.Integer(), nullable=True),
        sa.Column("gross", sa.Integer(), nullable=True),
        sa.Column("pension", sa.Integer(), nullable=True),
        sa.Column("medical", sa.Integer(), nullable=True),
        sa.Column("unemployment", sa.Integer(), nullable=True),
        sa.Column("housing", sa.Integer(), nullable=True),
        sa.Column("tax", sa.Integer(), nullable=True),
        sa.Column("other_deduction", sa.Integer(), nullable=True),
        sa.Column("net", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_pay_history_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_history")),
    )
    with op.batch_alter_table("pay_history", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_history_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_history_month"), ["month"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_history_worker_id"), ["worker_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pay_history_worker_id_month"), ["worker_id", "month"], unique=False
        )

    op.create_table(
        "pay_item",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_pay_item_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_item")),
    )
    with op.batch_alter_table("pay_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_item_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_item_month"), ["month"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_item_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "pay_slip",
        sa.Column("run_id", sa.String(length=32), nullable=True),
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("grade", sa.Integer(), nullable=True),
        sa.Column("coefficient", sa.String(), nullable=True),
        sa.Column("gross", sa.Integer(), nullable=True),
        sa.Column("deductions", sa.Integer(), nullable=True),
        sa.Column("net", sa.Integer(), nullable=True),
        sa.Column("employer", sa.Integer(), nullable=True),
        sa.Column("taxable", sa.Integer(), nullable=True),
        sa.Column("contributions", sa.Integer(), nullable=True),
        sa.Column("additional", sa.Integer(), nullable=True),
        sa.Column("tax", sa.Integer(), nullable=True),
        sa.Column("held", sa.Integer(), nullable=True),
        sa.Column("difference", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=True),
        sa.Column("inputs", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["run_id"], ["pay_run.id"], name=op.f("fk_pay_slip_run_id_pay_run")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_pay_slip_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_slip")),
    )
    with op.batch_alter_table("pay_slip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_slip_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_slip_month"), ["month"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_slip_run_id"), ["run_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pay_slip_run_id_position"), ["run_id", "position"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pay_slip_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "performance_score",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("percent", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_performance_score_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_performance_score")),
    )
    with op.batch_alter_table("performance_score", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_performance_score_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_performance_score_month"), ["month"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_performance_score_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "tax_deduction",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_tax_deduction_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_deduction")),
    )
    with op.batch_alter_table("tax_deduction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tax_deduction_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_tax_deduction_valid_from"), ["valid_from"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_tax_deduction_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "tax_opening",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("income", sa.Integer(), nullable=True),
        sa.Column("contributions", sa.Integer(), nullable=True),
        sa.Column("additional", sa.Integer(), nullable=True),
        sa.Column("withheld", sa.Integer(), nullable=True),
        sa.Column("relief", sa.Boolean(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_tax_opening_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tax_opening")),
    )
    with op.batch_alter_table("tax_opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tax_opening_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_tax_opening_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "pay_correction",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("for_month", sa.Date(), nullable=True),
        sa.Column("slip_id", sa.String(length=32), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("arithmetic", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["slip_id"], ["pay_slip.id"], name=op.f("fk_pay_correction_slip_id_pay_slip")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_pay_correction_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_correction")),
    )
    with op.batch_alter_table("pay_correction", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_pay_correction_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_pay_correction_month"), ["month"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_correction_slip_id"), ["slip_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pay_correction_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "pay_line",
        sa.Column("slip_id", sa.String(length=32), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(), nullable=True),
        sa.Column("arithmetic", sa.String(), nullable=True),
        sa.Column("for_month", sa.Date(), nullable=True),
        sa.Column("corrects_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["pay_slip.id"], name=op.f("fk_pay_line_corrects_id_pay_slip")
        ),
        sa.ForeignKeyConstraint(
            ["slip_id"], ["pay_slip.id"], name=op.f("fk_pay_line_slip_id_pay_slip")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pay_line")),
    )
    with op.batch_alter_table("pay_line", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pay_line_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_line_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_pay_line_slip_id"), ["slip_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_pay_line_slip_id_position"), ["slip_id", "position"], unique=False
        )

    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("satisfied", sa.String(), nullable=True))

    with op.batch_alter_table("grid_worker", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remark", sa.String(), nullable=True))

    with op.batch_alter_table("party_merchant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_why", sa.String(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("party_merchant", schema=None) as batch_op:
        batch_op.drop_column("withdrawn_why")
        batch_op.drop_column("withdrawn_on")

    with op.batch_alter_table("grid_worker", schema=None) as batch_op:
        batch_op.drop_column("remark")

    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_column("satisfied")

    with op.batch_alter_table("pay_line", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_line_slip_id_position"))
        batch_op.drop_index(batch_op.f("ix_pay_line_slip_id"))
        batch_op.drop_index(batch_op.f("ix_pay_line_corrects_id"))
        batch_op.drop_index(batch_op.f("ix_pay_line_binned_at"))

    op.drop_table("pay_line")
    with op.batch_alter_table("pay_correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_correction_worker_id"))
        batch_op.drop_index(batch_op.f("ix_pay_correction_slip_id"))
        batch_op.drop_index(batch_op.f("ix_pay_correction_month"))
        batch_op.drop_index(batch_op.f("ix_pay_correction_binned_at"))

    op.drop_table("pay_correction")
    with op.batch_alter_table("tax_opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tax_opening_worker_id"))
        batch_op.drop_index(batch_op.f("ix_tax_opening_binned_at"))

    op.drop_table("tax_opening")
    with op.batch_alter_table("tax_deduction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tax_deduction_worker_id"))
        batch_op.drop_index(batch_op.f("ix_tax_deduction_valid_from"))
        batch_op.drop_index(batch_op.f("ix_tax_deduction_binned_at"))

    op.drop_table("tax_deduction")
    with op.batch_alter_table("performance_score", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_performance_score_worker_id"))
        batch_op.drop_index(batch_op.f("ix_performance_score_month"))
        batch_op.drop_index(batch_op.f("ix_performance_score_binned_at"))

    op.drop_table("performance_score")
    with op.batch_alter_table("pay_slip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_slip_worker_id"))
        batch_op.drop_index(batch_op.f("ix_pay_slip_run_id_position"))
        batch_op.drop_index(batch_op.f("ix_pay_slip_run_id"))
        batch_op.drop_index(batch_op.f("ix_pay_slip_month"))
        batch_op.drop_index(batch_op.f("ix_pay_slip_binned_at"))

    op.drop_table("pay_slip")
    with op.batch_alter_table("pay_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_item_worker_id"))
        batch_op.drop_index(batch_op.f("ix_pay_item_month"))
        batch_op.drop_index(batch_op.f("ix_pay_item_binned_at"))

    op.drop_table("pay_item")
    with op.batch_alter_table("pay_history", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_history_worker_id_month"))
        batch_op.drop_index(batch_op.f("ix_pay_history_worker_id"))
        batch_op.drop_index(batch_op.f("ix_pay_history_month"))
        batch_op.drop_index(batch_op.f("ix_pay_history_binned_at"))

    op.drop_table("pay_history")
    with op.batch_alter_table("pay_absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_absence_worker_id"))
        batch_op.drop_index(batch_op.f("ix_pay_absence_valid_from"))
        batch_op.drop_index(batch_op.f("ix_pay_absence_binned_at"))

    op.drop_table("pay_absence")
    with op.batch_alter_table("grade_decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grade_decision_worker_id_valid_from"))
        batch_op.drop_index(batch_op.f("ix_grade_decision_worker_id"))
        batch_op.drop_index(batch_op.f("ix_grade_decision_valid_from"))
        batch_op.drop_index(batch_op.f("ix_grade_decision_scheme_id"))
        batch_op.drop_index(batch_op.f("ix_grade_decision_binned_at"))

    op.drop_table("grade_decision")
    with op.batch_alter_table("former_parent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_parent_valid_from"))
        batch_op.drop_index(batch_op.f("ix_former_parent_parent_id"))
        batch_op.drop_index(batch_op.f("ix_former_parent_organisation_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_former_parent_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_former_parent_binned_at"))

    op.drop_table("former_parent")
    with op.batch_alter_table("contribution_base", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contribution_base_worker_id"))
        batch_op.drop_index(batch_op.f("ix_contribution_base_valid_from"))
        batch_op.drop_index(batch_op.f("ix_contribution_base_binned_at"))

    op.drop_table("contribution_base")
    with op.batch_alter_table("pay_run", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pay_run_month"))
        batch_op.drop_index(batch_op.f("ix_pay_run_community_id"))
        batch_op.drop_index(batch_op.f("ix_pay_run_binned_at"))

    op.drop_table("pay_run")
    with op.batch_alter_table("salary_scheme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_salary_scheme_valid_from"))
        batch_op.drop_index(batch_op.f("ix_salary_scheme_binned_at"))

    op.drop_table("salary_scheme")
    with op.batch_alter_table("contribution_rate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_contribution_rate_valid_from"))
        batch_op.drop_index(batch_op.f("ix_contribution_rate_binned_at"))

    op.drop_table("contribution_rate")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_owner_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_binned_at"))

    op.drop_table("attachment")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_binned_at"))

    op.drop_table("account")
