"""What the tests of many rooms type: one party member, as a clerk would."""

from __future__ import annotations


def member(**more: object) -> dict[str, object]:
    """What a clerk types for one party member."""
    typed: dict[str, object] = {
        "person.name": "张玉兰",
        "person.identity_number": "34052419800101001X",
        "kind": "正式党员",
        "joined_on": "2001.7.1",
        "person.phone": "13812345678",
        "branch.organisation_id": "第4网格党支部",
        "home.household_id": "兰陵花园3号楼2单元501室",
    }
    return typed | {key.replace("__", "."): value for key, value in more.items()}
