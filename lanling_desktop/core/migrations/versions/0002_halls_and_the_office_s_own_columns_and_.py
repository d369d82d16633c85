"""Halls and the office's own columns and words.

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
    with op.batch_alter_table("attendee", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_attendee_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_attendee_binned_at"))

    op.drop_table("attendee")
    with op.batch_alter_table("hall_meeting", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_hall_meeting_hall_id_planned_on"))
        batch_op.drop_index(batch_op.f("ix_hall_meeting_hall_id"))
        batch_op.drop_index(batch_op.f("ix_hall_meeting_community_id"))
        batch_op.drop_index(batch_op.f("ix_hall_meeting_binned_at"))

    op.drop_table("hall_meeting")
    with op.batch_alter_table("meeting_hall", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_meeting_hall_valid_from"))
        batch_op.drop_index(batch_op.f("ix_meeting_hall_compound_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_hall_community_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_hall_branch_id"))
        batch_op.drop_index(batch_op.f("ix_meeting_hall_binned_at"))

    op.drop_table("meeting_hall")
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
