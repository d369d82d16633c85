"""Builds the fonts of this folder from published packages: cut to the characters, light to embed.

The sources, by package name, each fetched with its own ordinary client and unpacked into one folder
(the folders are named as the packages are):

    npm pack @expo-google-fonts/noto-serif-sc@0.4.3     unpacked as  npm/noto-serif-sc
    npm pack @expo-google-fonts/noto-sans-sc@0.4.3                   npm/noto-sans-sc
    npm pack @fontsource/lxgw-wenkai@5.3.0                           npm/lxgw-wenkai
    apt-get download texlive-lang-chinese (2022.20230122)            deb/texlive-lang-chinese
    apt-get download fonts-hanazono (20170904)                       deb/fonts-hanazono
    apt-get download unicode-data (15.0.0)                           deb/unicode-data
    apt-get download icc-profiles-free (2.0.1)                       deb/icc-profiles-free

Then `python resources/fonts/build_fonts.py FOLDER` writes the fonts and their licences beside this
file, and the sRGB profile into `resources/icc`. What is done to a font:

* characters: all of them, or the 8,105 of 通用规范汉字表 with GB 2312 and punctuation ("common");
* layout tables, vertical metrics and hints go: ReportLab writes none of them, and copies the name
  table into every 256-glyph subset, so that is trimmed to the names and the notice of licence;
* FandolFang's PostScript curves become TrueType ones (ReportLab reads no others); its ￥ (U+FFE5),
  drawn as a dollar sign, goes, so that the next font of the chain draws it.
"""

from __future__ import annotations

import bz2
import gzip
import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

HERE = Path(__file__).resolve().parent
FANDOL = "deb/texlive-lang-chinese/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol"
FANDOL_DOC = "deb/texlive-lang-chinese/usr/share/doc/texlive-doc/fonts/fandol"
HANAZONO = "deb/fonts-hanazono/usr/share"
ICC = "deb/icc-profiles-free/usr/share"

# what is made, from what, of which characters
FONTS = {
    "NotoSansSC-Regular.ttf": ("npm/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf", "common"),
    "NotoSansSC-Medium.ttf": ("npm/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf", "common"),
    "NotoSansSC-Bold.ttf": ("npm/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf", "common"),
    "NotoSerifSC-Regular.ttf": ("npm/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", "all"),
    "NotoSerifSC-Bold.ttf": ("npm/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf", "common"),
    "LXGWWenKai.ttf": ("npm/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff2", "common"),
    "FandolFang.ttf": (f"{FANDOL}/FandolFang-Regular.otf", "common"),
    "HanaMinB.ttf": (f"{HANAZONO}/fonts/truetype/hanazono/HanaMinB.ttf", "all"),
}
LICENCES = {
    "NotoSansSC-LICENSE.txt": "npm/noto-sans-sc/LICENSE_FONT",
    "NotoSerifSC-LICENSE.txt": "npm/noto-serif-sc/LICENSE_FONT",
    "LXGWWenKai-LICENSE.txt": "npm/lxgw-wenkai/LICENSE",
    "FandolFang-COPYING.txt": f"{FANDOL_DOC}/COPYING.gz",
    "FandolFang-README.txt": f"{FANDOL_DOC}/README",
    "HanaMinB-LICENSE.txt": f"{HANAZONO}/doc/fonts-hanazono/copyright",
}
UNUSED_TABLES = (
    "BASE GDEF GPOS GSUB JSTF STAT VORG DSIG MERG meta gasp FFTM bsln feat morx mort prop vhea vmtx"
)
KEPT_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17)
PUNCTUATION = (
    (0x20, 0x7F), (0xA0, 0x180), (0x2000, 0x2070), (0x2160, 0x2180), (0x2460, 0x2500),
    (0x3000, 0x3040), (0x3200, 0x3300), (0xFF00, 0xFFF0),
)  # fmt: skip
SIGNS = "℃№￥¥□■√×☑☐○●◎△▲☆★→←↑↓〇—…·"


def common_characters(sources: Path) -> set[int]:
    """通用规范汉字表, GB 2312 and the punctuation of Chinese and Latin text."""
    listing = sources / "deb/unicode-data/usr/share/unicode/Unihan_OtherMappings.txt.bz2"
    found = {ord(sign) for sign in SIGNS}
    for first, end in PUNCTUATION:
        found.update(range(first, end))
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            found.update(map(ord, bytes([row, cell]).decode("gb2312", "ignore")))
    with bz2.open(listing, "rt", encoding="utf-8") as lines:
        table = {
            int(line.split("\t")[0][2:], 16)
            for line in lines
            if line.startswith("U+") and "\tkTGH\t" in line
        }
    if len(table) != 8105:
        raise SystemExit(f"通用规范汉字表 has 8,105 characters, found {len(table)}")
    return found | table


def cut(font: TTFont, characters: set[int]) -> None:
    """Leave the glyphs of these characters and the tables a PDF or a screen needs."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.notdef_outline = True
    options.glyph_names = False
    options.legacy_cmap = False
    options.recalc_timestamp = False
    options.name_IDs = list(KEPT_NAMES)
    options.name_languages = [0x409]
    options.drop_tables += UNUSED_TABLES.split()
    worker = subset.Subsetter(options)
    worker.populate(unicodes=characters)
    worker.subset(font)


def to_truetype(font: TTFont) -> None:
    """Turn PostScript outlines into TrueType ones, to within one thousandth of the em."""
    outlines, order, glyphs = font.getGlyphSet(), font.getGlyphOrder(), {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = order, glyphs
    del font["CFF "]
    table.compile(font)
    profile = font["maxp"]
    profile.tableVersion = 0x00010000
    profile.maxZones = 1
    for unused in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs"):
        setattr(profile, f"max{unused}", 0)
    profile.maxStackElements = profile.maxSizeOfInstructions = profile.maxComponentElements = 0
    profile.compile(font)
    metrics = font["hmtx"]
    for name, glyph in glyphs.items():
        metrics[name] = (metrics[name][0], glyph.xMin if glyph.numberOfContours else 0)
    names = font["post"]
    names.formatType, names.extraNames, names.mapping = 3.0, [], {}
    names.glyphOrder = order
    font.sfntVersion = "\x00\x01\x00\x00"


def build(source: Path, target: Path, characters: set[int] | None) -> None:
    """One font of the folder."""
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    wanted = set(font.getBestCmap()) if characters is None else set(characters)
    if target.name == "FandolFang.ttf":
        wanted.discard(0xFFE5)
    cut(font, wanted)
    if "CFF " in font:
        to_truetype(font)
    font.save(target)


def copy_text(source: Path, target: Path) -> None:
    """A licence as it stands, unpacked."""
    raw = source.read_bytes()
    target.write_bytes(gzip.decompress(raw) if source.suffix == ".gz" else raw)


def main(sources: Path) -> None:
    """Build everything."""
    common = common_characters(sources)
    for name, (source, characters) in FONTS.items():
        target = HERE / name
        build(sources / source, target, common if characters == "common" else None)
        sys.stdout.write(f"{name} {target.stat().st_size / 1e6:.2f} MB\n")
        sys.stdout.flush()
    for name, source in LICENCES.items():
        copy_text(sources / source, HERE / name)
    icc = HERE.parent / "icc"
    shutil.copyfile(sources / ICC / "color/icc/sRGB.icc", icc / "sRGB.icc")
    copy_text(sources / ICC / "doc/icc-profiles-free/copyright", icc / "sRGB-LICENSE.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
