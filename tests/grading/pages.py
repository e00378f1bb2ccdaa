"""What a page of HTML would do by itself when somebody opens it."""

from __future__ import annotations

from html.parser import HTMLParser

LIVE = frozenset(
    """script iframe frame object embed applet form input button textarea select base link meta svg
    math style video audio source track portal template noscript""".split()  # noqa: SIM905
)
FETCHING = frozenset(
    """src srcset background poster data action formaction xlink:href ping manifest cite longdesc
    dynsrc lowsrc codebase classid profile usemap""".split()  # noqa: SIM905
)
LINKS = ("http:", "https:", "mailto:", "#")
PICTURES = ("data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,")


class Page(HTMLParser):
    """The elements of a page that run, fetch or cover something, and its visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.live: list[str] = []
        self.handlers: list[str] = []
        self.requests: list[str] = []
        self.styles: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in LIVE:
            self.live.append(tag)
        for name, value in attrs:
            content = (value or "").strip()
            if name.startswith("on"):
                self.handlers.append(f"{tag} {name}")
            if name == "style":
                self.styles.append(content)
            fetches = name in FETCHING and not content.startswith(PICTURES)
            if fetches or (name == "href" and not content.lower().startswith(LINKS)):
                self.requests.append(f"{tag} {name}={content[:80]}")

    def handle_data(self, data: str) -> None:
        self.text += data
