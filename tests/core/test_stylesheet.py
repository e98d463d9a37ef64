from pathlib import Path

from core.stylesheet import STYLESHEET, StylesheetFinder, assemble


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_order_of_layers_comes_first_and_every_part_follows(tmp_path):
    card = '/* A card. */\n@layer components {\n  .card > a :hover { gap: 0 1px; content: "; a"; }\n}\n'
    write(tmp_path, "components/card.css", card)
    write(tmp_path, "base.css", "@layer base { a { color: red } }")
    write(tmp_path, "layers.css", "/* Order. */ @layer base, components;")

    assert assemble(tmp_path) == (
        "@layer base,components;"
        "@layer base{a{color:red}}"
        '@layer components{.card > a :hover{gap:0 1px;content:"; a"}}\n'
    )


def test_a_changed_part_is_seen_the_next_time_the_stylesheet_is_looked_for(tmp_path, settings):
    settings.STYLESHEET_PARTS = tmp_path / "parts"
    settings.STYLESHEET_ROOT = tmp_path / "out"
    write(tmp_path / "parts", "layers.css", "@layer base;")
    finder = StylesheetFinder()
    found = finder.find(STYLESHEET)

    write(tmp_path / "parts", "base.css", "@layer base { p { margin: 0 } }")

    assert "p{margin:0}" not in Path(found).read_text()
    assert "p{margin:0}" in Path(finder.find(STYLESHEET)).read_text()
    assert [path for path, _ in finder.list([])] == [STYLESHEET]


def test_the_finder_has_nothing_to_say_of_other_files():
    finder = StylesheetFinder()

    assert finder.find("css/tokens.css") is None
