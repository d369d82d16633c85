"""Runs over chosen people, corrections on request, retention periods, disposals.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "disposal",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("register", sa.String(), nullable=True),
        sa.Column("record_id", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("kept_until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("first_witness", sa.String(), nullable=True),
        sa.Column("second_witness", sa.String(), nullable=True),
        sa.Column("counts", sa.String(), nullable=True),
        sa.Column("method", sa.String(), nullable=True),
        sa.Column("backups_until", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disposal")),
        sa.UniqueConstraint("number", name=op.f("uq_disposal_number")),
    )
    with op.batch_alter_table("disposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disposal_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_disposal_record_id"), ["record_id"], unique=False)

    op.create_table(
        "retention_period",
        sa.Column("what", sa.String(), nullable=True),
        sa.Column("forever", sa.Boolean(), nullable=True),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_period")),
    )
    with op.batch_alter_table("retention_period", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_retention_period_binned_at"), ["binned_at"], unique=False
        )

    op.create_table(
        "correction",
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("table_name", sa.String(), nullable=True),
        sa.Column("record_id", sa.String(), nullable=True),
        sa.Column("register", sa.String(), nullable=True),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("corrected_on", sa.Date(), nullable=True),
        sa.Column("corrected_by", sa.String(), nullable=True),
        sa.Column("requester", sa.String(), nullable=True),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("credential", sa.String(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_correction_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
        sa.UniqueConstraint("number", name=op.f("uq_correction_number")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_correction_record_id"), ["record_id"], unique=False)

    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("salt", sa.String(), nullable=True))

    with op.batch_alter_table("pay_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("scope", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("chosen", sa.String(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("pay_run", schema=None) as batch_op:
        batch_op.drop_column("chosen")
        batch_op.drop_column("scope")

    with op.batch_alter_table("journal_entry", schema=None) as batch_op:
        batch_op.drop_column("salt")

    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_record_id"))
        batch_op.drop_index(batch_op.f("ix_correction_person_id"))
        batch_op.drop_index(batch_op.f("ix_correction_binned_at"))

    op.drop_table("correction")
    with op.batch_alter_table("retention_period", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_retention_period_binned_at"))

    op.drop_table("retention_period")
    with op.batch_alter_table("disposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disposal_record_id"))
        batch_op.drop_index(batch_op.f("ix_disposal_binned_at"))

    op.drop_table("disposal")
