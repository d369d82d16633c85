"""The first tables.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "community",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("street", sa.String(), nullable=True),
        sa.Column("boundary", sa.String(), nullable=True),
        sa.Column("office_phone", sa.String(), nullable=True),
        sa.Column("approval_doc", sa.String(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
    )
    with op.batch_alter_table("community", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_community_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_community_valid_from"), ["valid_from"], unique=False)

    op.create_table(
        "draft",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_draft")),
    )
    op.create_table(
        "journal_change",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("seq", "position", name=op.f("pk_journal_change")),
    )
    with op.batch_alter_table("journal_change", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_journal_change_record_id"), ["record_id"], unique=False
        )

    op.create_table(
        "journal_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("target", sa.Integer(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal_entry")),
    )
    op.create_table(
        "print_log",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("journal_seq", sa.Integer(), nullable=False),
        sa.Column("check_code", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_print_log")),
    )
    op.create_table(
        "saved_filter",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filter")),
    )
    op.create_table(
        "search_entry",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("sort_key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_search_entry")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_entry_record_id"), ["record_id"], unique=False)

    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "community_predecessor",
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("predecessor_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_community_predecessor_community_id_community"),
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"],
            ["community.id"],
            name=op.f("fk_community_predecessor_predecessor_id_community"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_predecessor")),
    )
    with op.batch_alter_table("community_predecessor", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_community_predecessor_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_community_predecessor_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_community_predecessor_predecessor_id"), ["predecessor_id"], unique=False
        )

    op.create_table(
        "compound",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("households", sa.Integer(), nullable=True),
        sa.Column("property_company", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_compound_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_compound")),
    )
    with op.batch_alter_table("compound", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_compound_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_compound_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_compound_valid_from"), ["valid_from"], unique=False)

    op.create_table(
        "person",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("name_key", sa.String(), nullable=True),
        sa.Column("identity_number", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("birth", sa.Date(), nullable=True),
        sa.Column("birth_note", sa.String(), nullable=True),
        sa.Column("ethnicity", sa.String(), nullable=True),
        sa.Column("education", sa.String(), nullable=True),
        sa.Column("degree", sa.String(), nullable=True),
        sa.Column("political_status", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("native_place", sa.String(), nullable=True),
        sa.Column("employer", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("state_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_person_community_id_community")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_community_id"), ["community_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_person_identity_number"), ["identity_number"], unique=False
        )
        batch_op.create_index("ix_person_name_birth", ["name", "birth"], unique=False)
        batch_op.create_index("ix_person_name_order", ["binned_at", "name_key", "id"], unique=False)

    op.create_table(
        "building",
        sa.Column("compound_id", sa.String(length=32), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("units", sa.Integer(), nullable=True),
        sa.Column("floors", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_building_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["compound_id"], ["compound.id"], name=op.f("fk_building_compound_id_compound")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_building")),
    )
    with op.batch_alter_table("building", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_building_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_building_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_building_compound_id"), ["compound_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_building_compound_id_name"), ["compound_id", "name"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_building_valid_from"), ["valid_from"], unique=False)

    op.create_table(
        "household",
        sa.Column("compound_id", sa.String(length=32), nullable=True),
        sa.Column("building", sa.String(), nullable=True),
        sa.Column("unit", sa.String(), nullable=True),
        sa.Column("room", sa.String(), nullable=True),
        sa.Column("other_address", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("address_key", sa.String(), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("head_id", sa.String(length=32), nullable=True),
        sa.Column("residence", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_household_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["compound_id"], ["compound.id"], name=op.f("fk_household_compound_id_compound")
        ),
        sa.ForeignKeyConstraint(
            ["head_id"], ["person.id"], name=op.f("fk_household_head_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.create_index("ix_household_address", ["address"], unique=False)
        batch_op.create_index(
            "ix_household_address_order", ["binned_at", "address_key", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_household_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_household_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_household_compound_id"), ["compound_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_household_compound_id_building_unit_room"),
            ["compound_id", "building", "unit", "room"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_household_head_id"), ["head_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_household_valid_from"), ["valid_from"], unique=False)

    op.create_table(
        "not_duplicate",
        sa.Column("first_id", sa.String(length=32), nullable=True),
        sa.Column("second_id", sa.String(length=32), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["first_id"], ["person.id"], name=op.f("fk_not_duplicate_first_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["person.id"], name=op.f("fk_not_duplicate_second_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_not_duplicate")),
    )
    with op.batch_alter_table("not_duplicate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_not_duplicate_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_not_duplicate_first_id"), ["first_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_not_duplicate_second_id"), ["second_id"], unique=False)

    op.create_table(
        "party_member",
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("post", sa.String(), nullable=True),
        sa.Column("standing", sa.String(), nullable=True),
        sa.Column("lost", sa.Boolean(), nullable=True),
        sa.Column("lost_on", sa.Date(), nullable=True),
        sa.Column("floating", sa.Boolean(), nullable=True),
        sa.Column("floating_to", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_party_member_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_party_member_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_member")),
    )
    with op.batch_alter_table("party_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_party_member_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_party_member_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_party_member_person_id"), ["person_id"], unique=True)

    op.create_table(
        "party_organisation",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("approval_doc", sa.String(), nullable=True),
        sa.Column("secretary_id", sa.String(length=32), nullable=True),
        sa.Column("buildings", sa.String(), nullable=True),
        sa.Column("elected_on", sa.Date(), nullable=True),
        sa.Column("term_years", sa.Integer(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_party_organisation_community_id_community"),
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["party_organisation.id"],
            name=op.f("fk_party_organisation_parent_id_party_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["secretary_id"], ["person.id"], name=op.f("fk_party_organisation_secretary_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_party_organisation")),
    )
    with op.batch_alter_table("party_organisation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_party_organisation_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_party_organisation_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_party_organisation_parent_id"), ["parent_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_party_organisation_secretary_id"), ["secretary_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_party_organisation_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "branch_membership",
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_branch_membership_community_id_community"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["party_organisation.id"],
            name=op.f("fk_branch_membership_organisation_id_party_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_branch_membership_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch_membership")),
    )
    with op.batch_alter_table("branch_membership", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_branch_membership_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_branch_membership_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_branch_membership_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_branch_membership_organisation_id_valid_to"),
            ["organisation_id", "valid_to"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_branch_membership_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_branch_membership_person_id_valid_to"),
            ["person_id", "valid_to"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_branch_membership_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "central_household",
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("host_id", sa.String(length=32), nullable=True),
        sa.Column("branch_id", sa.String(length=32), nullable=True),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("household_id", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("designated_on", sa.Date(), nullable=True),
        sa.Column("approval_note", sa.String(), nullable=True),
        sa.Column("plaque_no", sa.String(), nullable=True),
        sa.Column("plaque_on", sa.Date(), nullable=True),
        sa.Column("responsible_id", sa.String(length=32), nullable=True),
        sa.Column("venue_area", sa.Integer(), nullable=True),
        sa.Column("seats", sa.Integer(), nullable=True),
        sa.Column("equipment", sa.String(), nullable=True),
        sa.Column("specialties", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("remark", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["branch_id"],
            ["party_organisation.id"],
            name=op.f("fk_central_household_branch_id_party_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_central_household_community_id_community"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["party_organisation.id"],
            name=op.f("fk_central_household_group_id_party_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["person.id"], name=op.f("fk_central_household_host_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_central_household_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["responsible_id"],
            ["person.id"],
            name=op.f("fk_central_household_responsible_id_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_central_household")),
    )
    with op.batch_alter_table("central_household", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_central_household_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_central_household_branch_id"), ["branch_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_central_household_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_central_household_group_id"), ["group_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_central_household_host_id"), ["host_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_central_household_household_id"), ["household_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_central_household_responsible_id"), ["responsible_id"], unique=False
        )

    op.create_table(
        "household_member",
        sa.Column("household_id", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_household_member_community_id_community"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_household_member_household_id_household"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_household_member_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_member")),
    )
    with op.batch_alter_table("household_member", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_household_member_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_household_member_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_household_member_household_id"), ["household_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_household_member_person_id"), ["person_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_household_member_person_id_valid_to"),
            ["person_id", "valid_to"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_household_member_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "central_household_activity",
        sa.Column("central_household_id", sa.String(length=32), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("summary", sa.String(), nullable=True),
        sa.Column("issues", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["central_household_id"],
            ["central_household.id"],
            name=op.f("fk_central_household_activity_central_household_id_central_household"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_central_household_activity_community_id_community"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_central_household_activity")),
    )
    with op.batch_alter_table("central_household_activity", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_central_household_activity_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_central_household_activity_central_household_id"),
            ["central_household_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_central_household_activity_community_id"), ["community_id"], unique=False
        )

    op.create_table(
        "central_household_review",
        sa.Column("central_household_id", sa.String(length=32), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("reviewed_on", sa.Date(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["central_household_id"],
            ["central_household.id"],
            name=op.f("fk_central_household_review_central_household_id_central_household"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_central_household_review_community_id_community"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_central_household_review")),
    )
    with op.batch_alter_table("central_household_review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_central_household_review_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_central_household_review_central_household_id"),
            ["central_household_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_central_household_review_community_id"), ["community_id"], unique=False
        )

    op.create_table(
        "linked_household",
        sa.Column("central_household_id", sa.String(length=32), nullable=True),
        sa.Column("household_id", sa.String(length=32), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["central_household_id"],
            ["central_household.id"],
            name=op.f("fk_linked_household_central_household_id_central_household"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["community.id"],
            name=op.f("fk_linked_household_community_id_community"),
        ),
        sa.ForeignKeyConstraint(
            ["household_id"],
            ["household.id"],
            name=op.f("fk_linked_household_household_id_household"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_household")),
    )
    with op.batch_alter_table("linked_household", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_linked_household_binned_at"), ["binned_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_linked_household_central_household_id"),
            ["central_household_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_linked_household_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_linked_household_household_id"), ["household_id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_linked_household_valid_from"), ["valid_from"], unique=False
        )

    op.create_table(
        "linked_member",
        sa.Column("central_household_id", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("community_id", sa.String(length=32), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("binned_at", sa.String(), nullable=True),
        sa.Column("binned_by", sa.String(), nullable=True),
        sa.Column("binned_why", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["central_household_id"],
            ["central_household.id"],
            name=op.f("fk_linked_member_central_household_id_central_household"),
        ),
        sa.ForeignKeyConstraint(
            ["community_id"], ["community.id"], name=op.f("fk_linked_member_community_id_community")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_linked_member_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_linked_member")),
    )
    with op.batch_alter_table("linked_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_linked_member_binned_at"), ["binned_at"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_linked_member_central_household_id"),
            ["central_household_id"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_linked_member_community_id"), ["community_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_linked_member_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_linked_member_valid_from"), ["valid_from"], unique=False
        )
    op.execute(
        "CREATE VIRTUAL TABLE search_text USING fts5(tokens, content='', contentless_delete=1, "
        "detail=full, tokenize='unicode61 remove_diacritics 0')"
    )


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE search_text")
    with op.batch_alter_table("linked_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_linked_member_valid_from"))
        batch_op.drop_index(batch_op.f("ix_linked_member_person_id"))
        batch_op.drop_index(batch_op.f("ix_linked_member_community_id"))
        batch_op.drop_index(batch_op.f("ix_linked_member_central_household_id"))
        batch_op.drop_index(batch_op.f("ix_linked_member_binned_at"))

    op.drop_table("linked_member")
    with op.batch_alter_table("linked_household", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_linked_household_valid_from"))
        batch_op.drop_index(batch_op.f("ix_linked_household_household_id"))
        batch_op.drop_index(batch_op.f("ix_linked_household_community_id"))
        batch_op.drop_index(batch_op.f("ix_linked_household_central_household_id"))
        batch_op.drop_index(batch_op.f("ix_linked_household_binned_at"))

    op.drop_table("linked_household")
    with op.batch_alter_table("central_household_review", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_central_household_review_community_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_review_central_household_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_review_binned_at"))

    op.drop_table("central_household_review")
    with op.batch_alter_table("central_household_activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_central_household_activity_community_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_activity_central_household_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_activity_binned_at"))

    op.drop_table("central_household_activity")
    with op.batch_alter_table("household_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_member_valid_from"))
        batch_op.drop_index(batch_op.f("ix_household_member_person_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_household_member_person_id"))
        batch_op.drop_index(batch_op.f("ix_household_member_household_id"))
        batch_op.drop_index(batch_op.f("ix_household_member_community_id"))
        batch_op.drop_index(batch_op.f("ix_household_member_binned_at"))

    op.drop_table("household_member")
    with op.batch_alter_table("central_household", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_central_household_responsible_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_household_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_host_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_group_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_community_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_branch_id"))
        batch_op.drop_index(batch_op.f("ix_central_household_binned_at"))

    op.drop_table("central_household")
    with op.batch_alter_table("branch_membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_branch_membership_valid_from"))
        batch_op.drop_index(batch_op.f("ix_branch_membership_person_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_branch_membership_person_id"))
        batch_op.drop_index(batch_op.f("ix_branch_membership_organisation_id_valid_to"))
        batch_op.drop_index(batch_op.f("ix_branch_membership_organisation_id"))
        batch_op.drop_index(batch_op.f("ix_branch_membership_community_id"))
        batch_op.drop_index(batch_op.f("ix_branch_membership_binned_at"))

    op.drop_table("branch_membership")
    with op.batch_alter_table("party_organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_organisation_valid_from"))
        batch_op.drop_index(batch_op.f("ix_party_organisation_secretary_id"))
        batch_op.drop_index(batch_op.f("ix_party_organisation_parent_id"))
        batch_op.drop_index(batch_op.f("ix_party_organisation_community_id"))
        batch_op.drop_index(batch_op.f("ix_party_organisation_binned_at"))

    op.drop_table("party_organisation")
    with op.batch_alter_table("party_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_party_member_person_id"))
        batch_op.drop_index(batch_op.f("ix_party_member_community_id"))
        batch_op.drop_index(batch_op.f("ix_party_member_binned_at"))

    op.drop_table("party_member")
    with op.batch_alter_table("not_duplicate", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_not_duplicate_second_id"))
        batch_op.drop_index(batch_op.f("ix_not_duplicate_first_id"))
        batch_op.drop_index(batch_op.f("ix_not_duplicate_binned_at"))

    op.drop_table("not_duplicate")
    with op.batch_alter_table("household", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_household_valid_from"))
        batch_op.drop_index(batch_op.f("ix_household_head_id"))
        batch_op.drop_index(batch_op.f("ix_household_compound_id_building_unit_room"))
        batch_op.drop_index(batch_op.f("ix_household_compound_id"))
        batch_op.drop_index(batch_op.f("ix_household_community_id"))
        batch_op.drop_index(batch_op.f("ix_household_binned_at"))
        batch_op.drop_index("ix_household_address_order")
        batch_op.drop_index("ix_household_address")

    op.drop_table("household")
    with op.batch_alter_table("building", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_building_valid_from"))
        batch_op.drop_index(batch_op.f("ix_building_compound_id_name"))
        batch_op.drop_index(batch_op.f("ix_building_compound_id"))
        batch_op.drop_index(batch_op.f("ix_building_community_id"))
        batch_op.drop_index(batch_op.f("ix_building_binned_at"))

    op.drop_table("building")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index("ix_person_name_order")
        batch_op.drop_index("ix_person_name_birth")
        batch_op.drop_index(batch_op.f("ix_person_identity_number"))
        batch_op.drop_index(batch_op.f("ix_person_community_id"))
        batch_op.drop_index(batch_op.f("ix_person_binned_at"))

    op.drop_table("person")
    with op.batch_alter_table("compound", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_compound_valid_from"))
        batch_op.drop_index(batch_op.f("ix_compound_community_id"))
        batch_op.drop_index(batch_op.f("ix_compound_binned_at"))

    op.drop_table("compound")
    with op.batch_alter_table("community_predecessor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_community_predecessor_predecessor_id"))
        batch_op.drop_index(batch_op.f("ix_community_predecessor_community_id"))
        batch_op.drop_index(batch_op.f("ix_community_predecessor_binned_at"))

    op.drop_table("community_predecessor")
    op.drop_table("setting")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_entry_record_id"))

    op.drop_table("search_entry")
    op.drop_table("saved_filter")
    op.drop_table("print_log")
    op.drop_table("journal_entry")
    with op.batch_alter_table("journal_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_journal_change_record_id"))

    op.drop_table("journal_change")
    op.drop_table("draft")
    with op.batch_alter_table("community", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_community_valid_from"))
        batch_op.drop_index(batch_op.f("ix_community_binned_at"))

    op.drop_table("community")
