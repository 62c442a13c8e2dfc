"""Reading the HTML of pages as a browser would: tags, attributes, and the text inside an element."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

_VOID = {"meta", "link", "input", "img", "br", "source"}


class HtmlPage(HTMLParser):
    """A page, or a part of one."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.source = source
        self.tags: list[tuple[str, dict[str, str]]] = []
        self._open: list[tuple[str, str]] = []
        self._texts: list[tuple[tuple[str, ...], str]] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag, attrs):
        values = {name: value or "" for name, value in attrs}
        self.tags.append((tag, values))
        if tag not in _VOID:
            self._open.append((tag, values.get("id", "")))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        inside = tuple(name for _, name in self._open if name)
        if not any(tag == "template" for tag, _ in self._open):
            self._texts.append((inside, data))

    def text(self, element: str | None = None) -> str:
        """The text of an element by its id, or of the page, in one line."""
        said = " ".join(data for inside, data in self._texts if element is None or element in inside)
        return re.sub(r"\s+", " ", said).strip()

    @property
    def title(self) -> str:
        return re.search(r"<title>(.*?)</title>", self.source, re.DOTALL)[1]

    @property
    def section(self) -> str:
        """The HTML of the answer."""
        return re.search(r'<section class="answer".*?</section>', self.source, re.DOTALL)[0]

    @property
    def selection(self):
        return json.loads(self.attributes("answer").get("data-selection", "null"))

    def attributes(self, element: str) -> dict[str, str]:
        """The attributes of an element by its id."""
        return next(values for _, values in self.tags if values.get("id") == element)

    def links(self) -> list[str]:
        return [values["href"] for tag, values in self.tags if tag == "a" and "href" in values]

    def files(self) -> list[str]:
        """What a browser fetches for the page, besides its picture."""
        scripts = [values["src"] for tag, values in self.tags if tag == "script" and "src" in values]
        styles = [
            values["href"]
            for tag, values in self.tags
            if tag == "link" and values.get("rel") in {"stylesheet", "icon", "modulepreload"}
        ]
        return scripts + styles
