"""The tags of HTML that the site's own templates wrote, where every `<` begins one. Pure."""

import re

#: A tag with its attributes; or, without a name, what holds no text: a comment, a script, a style sheet.
TAG = re.compile(
    r"""<!--.*?-->|<(script|style)\b.*?</\1\s*>|<(?P<closes>/?)(?P<name>[a-z][^\s/>]*)(?:"[^"]*+"|'[^']*+'|[^"'>]++)*+>""",
    re.I | re.S,
)
VOID = frozenset(
    {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


class OpenTags:
    """The elements around the place that was reached, each as the match of its opening tag."""

    def __init__(self) -> None:
        self.tags: list[re.Match[str]] = []
        self.names: list[str] = []

    def pass_by(self, tag: re.Match[str]) -> None:
        name = (tag["name"] or "").lower()
        if tag["closes"]:
            if name in self.names:
                while self.names.pop() != name:
                    self.tags.pop()
                self.tags.pop()
        elif name and name not in VOID and not tag[0].endswith("/>"):
            self.names.append(name)
            self.tags.append(tag)
