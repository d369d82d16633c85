"""Accounts, attachments, former parents.

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

    with op.batch_alter_table("former_parent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_former_parent_valid_from"))
        batch_op.drop_index(batch_op.f("ix_former_parent_parent_id"))
        batch_op.drop_index(batch_op.f("ix_former_parent_organisation_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_former_parent_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_former_parent_binned_at"))

    op.drop_table("former_parent")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attachment_owner_id"))
        batch_op.drop_index(batch_op.f("ix_attachment_binned_at"))

    op.drop_table("attachment")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_binned_at"))

    op.drop_table("account")
