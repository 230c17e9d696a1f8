"""Makes build/static from node_modules: vendor/ for pages, fonts/ for charts and PDF.

The pages need the design system's CSS and the variable font for the screen. The chart renderer
and the PDF need font files with fixed weights under the same family name, so that one name works
in every place: they are unpacked from the same release and its Latin parts joined.
"""

import re
import shutil
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "build" / "static" / "vendor"
FONTS = ROOT / "build" / "static" / "fonts"
FAMILY = "Source Sans 3"
SUBSETS = ("latin", "latin-ext")  # Dutch and English, and the names of the people who come
# The file's own name, the weight and style in the package, and the name of the style.
STYLES = (
    ("Regular", 400, "normal"),
    ("Italic", 400, "italic"),
    ("SemiBold", 600, "normal"),
    ("Bold", 700, "normal"),
)
HEAD_MAC_STYLE = {"Regular": 0, "SemiBold": 0, "Bold": 1, "Italic": 2}
SELECTION = {"Regular": 0x40, "SemiBold": 0x40, "Bold": 0x20, "Italic": 0x01}


def main() -> None:
    for folder in (VENDOR, FONTS):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    copy_css()
    copy_screen_font()
    for style, weight, slant in STYLES:
        make_font(style, weight, slant)


def copy_css() -> None:
    package = MODULES / "@utrecht" / "component-library-css"
    shutil.copy(package / "dist" / "index.css", VENDOR / "utrecht.css")


def copy_screen_font() -> None:
    """The variable font with the package's own rules, narrowed to the subsets we serve."""
    package = MODULES / "@fontsource-variable" / "source-sans-3"
    target = VENDOR / "source-sans-3"
    target.mkdir()
    rules = []
    for sheet in ("wght.css", "wght-italic.css"):
        for rule in re.findall(r"@font-face\s*{.*?}", (package / sheet).read_text(), re.DOTALL):
            file = re.search(r"url\(\./files/([\w-]+\.woff2)\)", rule)[1]
            if re.fullmatch(rf"source-sans-3-({'|'.join(SUBSETS)})-wght-\w+\.woff2", file):
                shutil.copy(package / "files" / file, target / file)
                rule = rule.replace(f"./files/{file}", file)
                rules.append(rule.replace("'Source Sans 3 Variable'", f"'{FAMILY}'"))
    (target / "font.css").write_text("\n\n".join(rules) + "\n")
    shutil.copy(package / "LICENSE", target / "LICENSE")


def make_font(style: str, weight: int, slant: str) -> None:
    """One TrueType file of the family, its Latin subsets joined."""
    folder = MODULES / "@fontsource" / "source-sans-3" / "files"
    parts = []
    for subset in SUBSETS:
        font = TTFont(folder / f"source-sans-3-{subset}-{weight}-{slant}.woff2")
        font.flavor = None
        part = FONTS / f"{subset}.ttf"
        font.save(part)
        parts.append(part)
    font = Merger().merge([str(part) for part in parts])
    name_font(font, style, weight)
    font.save(FONTS / f"SourceSans3-{style}.ttf")
    for part in parts:
        part.unlink()


def name_font(font: TTFont, style: str, weight: int) -> None:
    """Give the font its family and style, in the names and the bits that renderers look at."""
    names = font["name"]
    names.names = [
        record for record in names.names if record.nameID not in {1, 2, 3, 4, 6, 16, 17, 21, 22, 25}
    ]
    # Old programs know four styles a family only; the others get a family of their own there.
    plain = style in {"Regular", "Italic", "Bold"}
    for name_id, text in {
        1: FAMILY if plain else f"{FAMILY} {style}",
        2: style if plain else "Regular",
        3: f"SourceSans3-{style}",
        4: f"{FAMILY} {style}",
        6: f"SourceSans3-{style}",
        16: FAMILY,
        17: style,
    }.items():
        names.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = SELECTION[style]
    font["head"].macStyle = HEAD_MAC_STYLE[style]


if __name__ == "__main__":
    main()
