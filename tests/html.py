"""Reading a response as a browser would."""

from __future__ import annotations

from typing import Any

from bs4 import BeautifulSoup


class Document:
    """The HTML of a response, with what tests ask of it."""

    def __init__(self, response: Any) -> None:
        self.soup = BeautifulSoup(response.content, "html.parser")

    @property
    def language(self) -> tuple[str, str]:
        """``lang`` and ``dir`` of the document."""
        html = self.soup.find("html")
        assert html is not None
        return html["lang"], html["dir"]  # type: ignore[return-value]

    @property
    def text(self) -> str:
        """All text, white space folded."""
        return " ".join(self.soup.get_text(" ").split())

    def one(self, selector: str) -> Any:
        """The only element that fits the selector."""
        found = self.soup.select(selector)
        assert len(found) == 1, f"{len(found)} elements fit {selector}"
        return found[0]

    def language_of(self, text: str) -> str | None:
        """The ``lang`` that holds for the innermost element with exactly this text."""
        for element in self.soup.find_all(string=lambda value: value and value.strip() == text):
            for parent in element.parents:
                if parent.get("lang"):
                    return str(parent["lang"])
        return None
