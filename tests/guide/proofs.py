"""Which sentences of the guide for editors each test says that it proves.

A test says so with `@pytest.mark.guide("The sentence.")`. The marks are read from the source of all tests, so
that they are known where only some of them run.
"""

import ast
from collections.abc import Iterator
from pathlib import Path


def proofs_in(source: str) -> Iterator[tuple[str, str]]:
    """Return each sentence that a test of a module is marked with, and the name of the test."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            for mark in node.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.guide":
                    yield from ((ast.literal_eval(sentence), node.name) for sentence in mark.args)


def proved_sentences(folder: Path) -> set[str]:
    """Return the sentences that the tests below a folder prove."""
    sources = (path.read_text() for path in folder.rglob("test_*.py"))
    return {sentence for text in sources if "mark.guide(" in text for sentence, _test in proofs_in(text)}
