"""What a fuzzer once found is read again by every run; the long run is `python -m tests.fuzz`."""

from __future__ import annotations

import random

import pytest

from tests.fuzz import importer

KEPT = sorted(path for path in importer.CORPUS.iterdir() if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.name)
def test_what_was_found_once_is_read_or_refused(path):
    importer.one(path.read_bytes())


def test_a_sound_seed_is_read_by_every_door():
    from lanling_desktop.core.errors import OfficeError
    from lanling_desktop.exchange import workbook

    path = importer._folder() / "whole.xlsx"
    for name, data in importer.seeds().items():
        path.write_bytes(importer.DOORS[data[0]](data[2:]))
        try:
            assert workbook.read(path).kind, name
        except OfficeError as refused:  # a fuzzer that begins with refused files finds nothing
            pytest.fail(f"{name}: {refused.what}")


@pytest.mark.parametrize("seed", range(8))
def test_anything_changed_in_a_sound_file_is_read_or_refused(seed):
    """A few hundred mutations without any library: what the long run does, in small."""
    chance = random.Random(seed)
    for data in importer.seeds().values():
        for _ in range(8):
            made = bytearray(data)
            for _ in range(chance.randrange(1, 6)):
                at = chance.randrange(2, len(made))
                what = chance.random()
                if what < 0.5:
                    made[at] = chance.randrange(256)
                elif what < 0.75:
                    made[at:at] = chance.randbytes(chance.randrange(1, 9))
                else:
                    del made[at : at + chance.randrange(1, 20)]
                    made += b"\0"
            importer.one(bytes(made))
