"""Halls, grids, staff and the outer ring.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "code_table",
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_table")),
    )
    with op.batch_alter_table("code_table", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_code_table_binned_at"), ["binned_at"], unique=False)

    op.create_table(
        "own_column",
        sa.Column("register", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("options", sa.String(), nullable=True),
        sa.Column("sensitive", sa.Boolean(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_column")),
    )
    with op.batch_alter_table("own_column", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_own_column_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_own_column_register"), ["register"], unique=False)

    op.create_table(
        "phrase",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("used_in", sa.String(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
    )
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_phrase_binned_at"), ["binned_at"], unique=False)

    op.create_table(
        "red_station",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("lead", sa.String(), nullable=True),
        sa.Column("hours", sa.String(), nullable=True),
        sa.Column("facilities", sa.String(), nullable=True),
        sa.Column("keeper", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("plaque_on", sa.Date(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_red_station_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_red_station")),
    )
    with op.batch_alter_table("red_station", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_red_station_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_red_station_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_red_station_valid_from"), ["valid_from"], unique=False)

    op.create_table(
        "resident_unit",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("uscc", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("party_organisation", sa.String(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_resident_unit_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resident_unit")),
    )
    with op.batch_alter_table("resident_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_resident_unit_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_resident_unit_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_resident_unit_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "social_organisation",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("legal_kind", sa.String(), nullable=True),
        sa.Column("charge", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("party_organisation", sa.String(), nullable=True),
        sa.Column("service", sa.String(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_social_organisation_community_id_community"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_social_organisation")),
    )
    with op.batch_alter_table("social_organisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_social_organisation_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_social_organisation_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_social_organisation_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "community_worker",
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("first_job_on", sa.Date(), nullable=True),
        sa.Column("community_work_on", sa.Date(), nullable=True),
        sa.Column("hired_on", sa.Date(), nullable=True),
        sa.Column("contract", sa.String(), nullable=True),
        sa.Column("contract_to", sa.Date(), nullable=True),
        sa.Column("duties", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("left_why", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_community_worker_community_id_community"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_community_worker_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_worker")),
    )
    with op.batch_alter_table("community_worker", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_community_worker_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_community_worker_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_community_worker_person_id"), ["person_id"], unique=True
        )

    op.create_table(
        "part_time_member",
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("unit_id", sa.String(length=32), nullable=True),
        sa.Column("duty", sa.String(), nullable=True),
        sa.Column("certificate_no", sa.String(), nullable=True),
        sa.Column("approval_doc", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_part_time_member_community_id_community"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_part_time_member_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["resident_unit.id"],
            name=op.f("fk_part_time_member_unit_id_resident_unit"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_part_time_member")),
    )
    with op.batch_alter_table("part_time_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_part_time_member_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_part_time_member_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_part_time_member_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_part_time_member_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_part_time_member_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "red_secretary",
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("rank", sa.String(), nullable=True),
        sa.Column("appointment_doc", sa.String(), nullable=True),
        sa.Column("full_time", sa.Boolean(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_red_secretary_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_red_secretary_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_red_secretary")),
    )
    with op.batch_alter_table("red_secretary", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_red_secretary_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_red_secretary_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_red_secretary_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_red_secretary_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "grid",
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("exclusive_kind", sa.String(), nullable=True),
        sa.Column("boundary", sa.String(), nullable=True),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("predecessor_id", sa.String(length=32), nullable=True),
        sa.Column("adjusted_on", sa.Date(), nullable=True),
        sa.Column("said_households", sa.Integer(), nullable=True),
        sa.Column("said_residents", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["party_organisation.id"],
            name=op.f("fk_grid_branch_id_party_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_grid_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["grid.id"], name=op.f("fk_grid_predecessor_id_grid")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid")),
    )
    with op.batch_alter_table("grid", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grid_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_grid_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grid_community_id"), ["community_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_grid_predecessor_id"), ["predecessor_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_grid_valid_from"), ["valid_from"], unique=False)

    op.create_table(
        "meeting_hall",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("compound_id", sa.String(length=32), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("fixed_day", sa.Integer(), nullable=True),
        sa.Column("start_time", sa.String(), nullable=True),
        sa.Column("chair", sa.String(), nullable=True),
        sa.Column("recorder", sa.String(), nullable=True),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["party_organisation.id"],
            name=op.f("fk_meeting_hall_branch_id_party_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_meeting_hall_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["compound_id"], ["compound.id"], name=op.f("fk_meeting_hall_compound_id_compound")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_hall")),
    )
    with op.batch_alter_table("meeting_hall", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meeting_hall_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_meeting_hall_branch_id"), ["branch_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_meeting_hall_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_meeting_hall_compound_id"), ["compound_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_meeting_hall_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "party_merchant",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("licence", sa.String(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("trade", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("plaque_no", sa.String(), nullable=True),
        sa.Column("plaque_on", sa.Date(), nullable=True),
        sa.Column("commitments", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["party_organisation.id"],
            name=op.f("fk_party_merchant_branch_id_party_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_party_merchant_community_id_community"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_merchant")),
    )
    with op.batch_alter_table("party_merchant", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_party_merchant_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_party_merchant_branch_id"), ["branch_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_party_merchant_community_id"), ["community_id"], unique=False
        )

    op.create_table(
        "post_holding",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("concurrent", sa.Boolean(), nullable=True),
        sa.Column("probation_to", sa.Date(), nullable=True),
        sa.Column("appointment_doc", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_post_holding_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_post_holding_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post_holding")),
    )
    with op.batch_alter_table("post_holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_post_holding_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_post_holding_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_post_holding_valid_from"), ["valid_from"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_post_holding_worker_id"), ["worker_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_post_holding_worker_id_valid_to"),
            ["worker_id", "valid_to"],
            unique=False,
        )

    op.create_table(
        "red_secretary_log",
        sa.Column("red_secretary_id", sa.String(length=32), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["red_secretary_id"],
            ["red_secretary.id"],
            name=op.f("fk_red_secretary_log_red_secretary_id_red_secretary"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_red_secretary_log")),
    )
    with op.batch_alter_table("red_secretary_log", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_red_secretary_log_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_red_secretary_log_red_secretary_id"), ["red_secretary_id"], unique=False
        )

    op.create_table(
        "worker_assessment",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_worker_assessment_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_assessment")),
    )
    with op.batch_alter_table("worker_assessment", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_worker_assessment_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_worker_assessment_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "worker_certificate",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("registered_to", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_worker_certificate_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_certificate")),
    )
    with op.batch_alter_table("worker_certificate", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_worker_certificate_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_worker_certificate_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "worker_education",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("degree", sa.String(), nullable=True),
        sa.Column("school", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("full_time", sa.Boolean(), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_worker_education_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_education")),
    )
    with op.batch_alter_table("worker_education", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_worker_education_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_worker_education_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "worker_honour",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("awarded_by", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["worker_id"],
            ["community_worker.id"],
            name=op.f("fk_worker_honour_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_honour")),
    )
    with op.batch_alter_table("worker_honour", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_worker_honour_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_worker_honour_worker_id"), ["worker_id"], unique=False)

    op.create_table(
        "worker_service",
        sa.Column("worker_id", sa.String(length=32), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("counted", sa.Boolean(), nullable=True),
        sa.Column("basis", sa.String(), nullable=True),
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
            name=op.f("fk_worker_service_worker_id_community_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker_service")),
    )
    with op.batch_alter_table("worker_service", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_worker_service_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_worker_service_valid_from"), ["valid_from"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_worker_service_worker_id"), ["worker_id"], unique=False
        )

    op.create_table(
        "grid_area",
        sa.Column("grid_id", sa.String(length=32), nullable=True),
        sa.Column("compound_id", sa.String(length=32), nullable=True),
        sa.Column("building", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["compound_id"], ["compound.id"], name=op.f("fk_grid_area_compound_id_compound")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_grid_area_grid_id_grid")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_area")),
    )
    with op.batch_alter_table("grid_area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grid_area_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_grid_area_compound_id"), ["compound_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_grid_area_compound_id_building"),
            ["compound_id", "building"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_grid_area_grid_id"), ["grid_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grid_area_valid_from"), ["valid_from"], unique=False)

    op.create_table(
        "grid_worker",
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("grid_id", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("functions", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("appointment_doc", sa.String(), nullable=True),
        sa.Column("pay", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_grid_worker_community_id_community")
        ),
        sa.ForeignKeyConstraint(["grid_id"], ["grid.id"], name=op.f("fk_grid_worker_grid_id_grid")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_grid_worker_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_worker")),
    )
    with op.batch_alter_table("grid_worker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grid_worker_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_grid_worker_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_grid_worker_grid_id"), ["grid_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_grid_worker_grid_id_valid_to"), ["grid_id", "valid_to"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_grid_worker_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_grid_worker_person_id_valid_to"), ["person_id", "valid_to"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_grid_worker_valid_from"), ["valid_from"], unique=False)

    op.create_table(
        "hall_meeting",
        sa.Column("hall_id", sa.String(length=32), nullable=True),
        sa.Column("serial", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("start_time", sa.String(), nullable=True),
        sa.Column("end_time", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("chair", sa.String(), nullable=True),
        sa.Column("recorder", sa.String(), nullable=True),
        sa.Column("should_attend", sa.Integer(), nullable=True),
        sa.Column("attended", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("status_reason", sa.String(), nullable=True),
        sa.Column("other", sa.String(), nullable=True),
        sa.Column("minutes_no", sa.String(), nullable=True),
        sa.Column("finalised_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("correcting", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_hall_meeting_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["meeting_hall.id"], name=op.f("fk_hall_meeting_hall_id_meeting_hall")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hall_meeting")),
    )
    with op.batch_alter_table("hall_meeting", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hall_meeting_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hall_meeting_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_hall_meeting_hall_id"), ["hall_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_hall_meeting_hall_id_planned_on"),
            ["hall_id", "planned_on"],
            unique=False,
        )

    op.create_table(
        "merchant_check",
        sa.Column("merchant_id", sa.String(length=32), nullable=True),
        sa.Column("checked_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("problem", sa.String(), nullable=True),
        sa.Column("rectified_on", sa.Date(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["merchant_id"],
            ["party_merchant.id"],
            name=op.f("fk_merchant_check_merchant_id_party_merchant"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merchant_check")),
    )
    with op.batch_alter_table("merchant_check", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_merchant_check_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_merchant_check_merchant_id"), ["merchant_id"], unique=False
        )

    op.create_table(
        "attendee",
        sa.Column("meeting_id", sa.String(length=32), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("duty", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("attendance", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["hall_meeting.id"], name=op.f("fk_attendee_meeting_id_hall_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendee")),
    )
    with op.batch_alter_table("attendee", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attendee_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_attendee_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "grid_training",
        sa.Column("grid_worker_id", sa.String(length=32), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("hours", sa.Integer(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["grid_worker_id"],
            ["grid_worker.id"],
            name=op.f("fk_grid_training_grid_worker_id_grid_worker"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grid_training")),
    )
    with op.batch_alter_table("grid_training", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grid_training_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_grid_training_grid_worker_id"), ["grid_worker_id"], unique=False
        )

    op.create_table(
        "minutes_version",
        sa.Column("meeting_id", sa.String(length=32), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("content", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"],
            ["hall_meeting.id"],
            name=op.f("fk_minutes_version_meeting_id_hall_meeting"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes_version")),
    )
    with op.batch_alter_table("minutes_version", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_minutes_version_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_minutes_version_meeting_id"), ["meeting_id"], unique=False
        )

    op.create_table(
        "publicity",
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("meeting_id", sa.String(length=32), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("posted_on", sa.Date(), nullable=True),
        sa.Column("posted_to", sa.Date(), nullable=True),
        sa.Column("objections", sa.String(), nullable=True),
        sa.Column("handled", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_publicity_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["hall_meeting.id"], name=op.f("fk_publicity_meeting_id_hall_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publicity")),
    )
    with op.batch_alter_table("publicity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_publicity_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_publicity_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_publicity_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "action_item",
        sa.Column("serial", sa.String(), nullable=True),
        sa.Column("hall_id", sa.String(length=32), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("measure", sa.String(), nullable=True),
        sa.Column("lead_unit", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("co_units", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_steps", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("finished_on", sa.Date(), nullable=True),
        sa.Column("verified_by", sa.String(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("deferred_reason", sa.String(), nullable=True),
        sa.Column("publicity_id", sa.String(length=32), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_action_item_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["meeting_hall.id"], name=op.f("fk_action_item_hall_id_meeting_hall")
        ),
        sa.ForeignKeyConstraint(
            ["publicity_id"], ["publicity.id"], name=op.f("fk_action_item_publicity_id_publicity")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_item")),
    )
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_item_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_action_item_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_action_item_hall_id"), ["hall_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_action_item_publicity_id"), ["publicity_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_action_item_status_due_on"), ["status", "due_on"], unique=False
        )

    op.create_table(
        "agenda_item",
        sa.Column("meeting_id", sa.String(length=32), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("proposer", sa.String(), nullable=True),
        sa.Column("household_id", sa.String(length=32), nullable=True),
        sa.Column("building", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("recurring", sa.Boolean(), nullable=True),
        sa.Column("discussion", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("disposal", sa.String(), nullable=True),
        sa.Column("disposal_reason", sa.String(), nullable=True),
        sa.Column("vote_method", sa.String(), nullable=True),
        sa.Column("votes_for", sa.Integer(), nullable=True),
        sa.Column("votes_against", sa.Integer(), nullable=True),
        sa.Column("votes_abstain", sa.Integer(), nullable=True),
        sa.Column("action_item_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_item_id"],
            ["action_item.id"],
            name=op.f("fk_agenda_item_action_item_id_action_item"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["household.id"], name=op.f("fk_agenda_item_household_id_household")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["hall_meeting.id"], name=op.f("fk_agenda_item_meeting_id_hall_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_agenda_item_action_item_id"), ["action_item_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agenda_item_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_agenda_item_household_id"), ["household_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_agenda_item_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("action_item_id", sa.String(length=32), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("new_due_on", sa.Date(), nullable=True),
        sa.Column("approver", sa.String(), nullable=True),
        sa.Column("meeting_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["action_item_id"],
            ["action_item.id"],
            name=op.f("fk_follow_up_action_item_id_action_item"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["hall_meeting.id"], name=op.f("fk_follow_up_meeting_id_hall_meeting")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
    )
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_follow_up_action_item_id"), ["action_item_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_follow_up_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_follow_up_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "visitor_reception",
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("hall_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("matter", sa.String(), nullable=True),
        sa.Column("handler", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("agenda_item_id", sa.String(length=32), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.Column("extra", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_item.id"],
            name=op.f("fk_visitor_reception_agenda_item_id_agenda_item"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_visitor_reception_community_id_community"),
        ),
        sa.ForeignKeyConstraint(
            ["hall_id"], ["meeting_hall.id"], name=op.f("fk_visitor_reception_hall_id_meeting_hall")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor_reception")),
    )
    with op.batch_alter_table("visitor_reception", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_visitor_reception_agenda_item_id"), ["agenda_item_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_visitor_reception_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_visitor_reception_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_visitor_reception_hall_id"), ["hall_id"], unique=False)

    with op.batch_alter_table("branch_membership", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("building", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("central_household", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("central_household_activity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("central_household_review", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("community", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("community_predecessor", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("compound", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("household_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("linked_household", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("linked_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("not_duplicate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("party_member", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("party_organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("extra", sa.String(), nullable=True))


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("party_organisation", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("party_member", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("not_duplicate", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("linked_member", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("linked_household", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("household_member", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("compound", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("community_predecessor", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("community", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("central_household_review", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("central_household_activity", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("central_household", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("building", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("branch_membership", schema=None) as batch_op:
        batch_op.drop_column("extra")

    with op.batch_alter_table("visitor_reception", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_visitor_reception_hall_id"))
        batch_op.drop_index(batch_op.f("ix_visitor_reception_community_id"))
        batch_op.drop_index(batch_op.f("ix_visitor_reception_binned_at"))
        batch_op.drop_index(batch_op.f("ix_visitor_reception_agenda_item_id"))

    op.drop_table("visitor_reception")
    with op.batch_alter_table("follow_up", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_follow_up_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_follow_up_binned_at"))
        batch_op.drop_index(batch_op.f("ix_follow_up_action_item_id"))

    op.drop_table("follow_up")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_item_household_id"))
        batch_op.drop_index(batch_op.f("ix_agenda_item_binned_at"))
        batch_op.drop_index(batch_op.f("ix_agenda_item_action_item_id"))

    op.drop_table("agenda_item")
    with op.batch_alter_table("action_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_item_status_due_on"))
        batch_op.drop_index(batch_op.f("ix_action_item_publicity_id"))
        batch_op.drop_index(batch_op.f("ix_action_item_hall_id"))
        batch_op.drop_index(batch_op.f("ix_action_item_community_id"))
        batch_op.drop_index(batch_op.f("ix_action_item_binned_at"))

    op.drop_table("action_item")
    with op.batch_alter_table("publicity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_publicity_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_publicity_community_id"))
        batch_op.drop_index(batch_op.f("ix_publicity_binned_at"))

    op.drop_table("publicity")
    with op.batch_alter_table("minutes_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_minutes_version_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_minutes_version_binned_at"))

    op.drop_table("minutes_version")
    with op.batch_alter_table("grid_training", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grid_training_grid_worker_id"))
        batch_op.drop_index(batch_op.f("ix_grid_training_binned_at"))

    op.drop_table("grid_training")
    with op.batch_alter_table("attendee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendee_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_attendee_binned_at"))

    op.drop_table("attendee")
    with op.batch_alter_table("merchant_check", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_merchant_check_merchant_id"))
        batch_op.drop_index(batch_op.f("ix_merchant_check_binned_at"))

    op.drop_table("merchant_check")
    with op.batch_alter_table("hall_meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hall_meeting_hall_id_planned_on"))
        batch_op.drop_index(batch_op.f("ix_hall_meeting_hall_id"))
        batch_op.drop_index(batch_op.f("ix_hall_meeting_community_id"))
        batch_op.drop_index(batch_op.f("ix_hall_meeting_binned_at"))

    op.drop_table("hall_meeting")
    with op.batch_alter_table("grid_worker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grid_worker_valid_from"))
        batch_op.drop_index(batch_op.f("ix_grid_worker_person_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_grid_worker_person_id"))
        batch_op.drop_index(batch_op.f("ix_grid_worker_grid_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_grid_worker_grid_id"))
        batch_op.drop_index(batch_op.f("ix_grid_worker_community_id"))
        batch_op.drop_index(batch_op.f("ix_grid_worker_binned_at"))

    op.drop_table("grid_worker")
    with op.batch_alter_table("grid_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grid_area_valid_from"))
        batch_op.drop_index(batch_op.f("ix_grid_area_grid_id"))
        batch_op.drop_index(batch_op.f("ix_grid_area_compound_id_building"))
        batch_op.drop_index(batch_op.f("ix_grid_area_compound_id"))
        batch_op.drop_index(batch_op.f("ix_grid_area_binned_at"))

    op.drop_table("grid_area")
    with op.batch_alter_table("worker_service", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_service_worker_id"))
        batch_op.drop_index(batch_op.f("ix_worker_service_valid_from"))
        batch_op.drop_index(batch_op.f("ix_worker_service_binned_at"))

    op.drop_table("worker_service")
    with op.batch_alter_table("worker_honour", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_honour_worker_id"))
        batch_op.drop_index(batch_op.f("ix_worker_honour_binned_at"))

    op.drop_table("worker_honour")
    with op.batch_alter_table("worker_education", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_education_worker_id"))
        batch_op.drop_index(batch_op.f("ix_worker_education_binned_at"))

    op.drop_table("worker_education")
    with op.batch_alter_table("worker_certificate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_certificate_worker_id"))
        batch_op.drop_index(batch_op.f("ix_worker_certificate_binned_at"))

    op.drop_table("worker_certificate")
    with op.batch_alter_table("worker_assessment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_worker_assessment_worker_id"))
        batch_op.drop_index(batch_op.f("ix_worker_assessment_binned_at"))

    op.drop_table("worker_assessment")
    with op.batch_alter_table("red_secretary_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_red_secretary_log_red_secretary_id"))
        batch_op.drop_index(batch_op.f("ix_red_secretary_log_binned_at"))

    op.drop_table("red_secretary_log")
    with op.batch_alter_table("post_holding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_post_holding_worker_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_post_holding_worker_id"))
        batch_op.drop_index(batch_op.f("ix_post_holding_valid_from"))
        batch_op.drop_index(batch_op.f("ix_post_holding_community_id"))
        batch_op.drop_index(batch_op.f("ix_post_holding_binned_at"))

    op.drop_table("post_holding")
    with op.batch_alter_table("party_merchant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_merchant_community_id"))
        batch_op.drop_index(batch_op.f("ix_party_merchant_branch_id"))
        batch_op.drop_index(batch_op.f("ix_party_merchant_binned_at"))

    op.drop_table("party_merchant")
    with op.batch_alter_table("meeting_hall", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_hall_valid_from"))
        batch_op.drop_index(batch_op.f("ix_meeting_hall_compound_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_hall_community_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_hall_branch_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_hall_binned_at"))

    op.drop_table("meeting_hall")
    with op.batch_alter_table("grid", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grid_valid_from"))
        batch_op.drop_index(batch_op.f("ix_grid_predecessor_id"))
        batch_op.drop_index(batch_op.f("ix_grid_community_id"))
        batch_op.drop_index(batch_op.f("ix_grid_branch_id"))
        batch_op.drop_index(batch_op.f("ix_grid_binned_at"))

    op.drop_table("grid")
    with op.batch_alter_table("red_secretary", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_red_secretary_valid_from"))
        batch_op.drop_index(batch_op.f("ix_red_secretary_person_id"))
        batch_op.drop_index(batch_op.f("ix_red_secretary_community_id"))
        batch_op.drop_index(batch_op.f("ix_red_secretary_binned_at"))

    op.drop_table("red_secretary")
    with op.batch_alter_table("part_time_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_part_time_member_valid_from"))
        batch_op.drop_index(batch_op.f("ix_part_time_member_unit_id"))
        batch_op.drop_index(batch_op.f("ix_part_time_member_person_id"))
        batch_op.drop_index(batch_op.f("ix_part_time_member_community_id"))
        batch_op.drop_index(batch_op.f("ix_part_time_member_binned_at"))

    op.drop_table("part_time_member")
    with op.batch_alter_table("community_worker", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_community_worker_person_id"))
        batch_op.drop_index(batch_op.f("ix_community_worker_community_id"))
        batch_op.drop_index(batch_op.f("ix_community_worker_binned_at"))

    op.drop_table("community_worker")
    with op.batch_alter_table("social_organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_social_organisation_valid_from"))
        batch_op.drop_index(batch_op.f("ix_social_organisation_community_id"))
        batch_op.drop_index(batch_op.f("ix_social_organisation_binned_at"))

    op.drop_table("social_organisation")
    with op.batch_alter_table("resident_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_resident_unit_valid_from"))
        batch_op.drop_index(batch_op.f("ix_resident_unit_community_id"))
        batch_op.drop_index(batch_op.f("ix_resident_unit_binned_at"))

    op.drop_table("resident_unit")
    with op.batch_alter_table("red_station", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_red_station_valid_from"))
        batch_op.drop_index(batch_op.f("ix_red_station_community_id"))
        batch_op.drop_index(batch_op.f("ix_red_station_binned_at"))

    op.drop_table("red_station")
    with op.batch_alter_table("phrase", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_phrase_binned_at"))

    op.drop_table("phrase")
    with op.batch_alter_table("own_column", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_own_column_register"))
        batch_op.drop_index(batch_op.f("ix_own_column_binned_at"))

    op.drop_table("own_column")
    with op.batch_alter_table("code_table", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_code_table_binned_at"))

    op.drop_table("code_table")
