"""Follows every link, fragment and file that a site's pages name, as a crawler would."""

from collections import deque
from http import HTTPStatus
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.core.files.storage import default_storage

from tests.demo.reader import HOST, Reader

SITE = f"http://{HOST}"
NAMES_AN_ADDRESS = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "srcset"}


class Crawl:
    """Reads every page that a link leads to, and keeps what leads nowhere."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.waiting: deque[tuple[str, str]] = deque()
        self.seen: set[str] = set()
        self.ids: dict[str, set[str]] = {}
        self.fragments: set[tuple[str, str, str]] = set()
        self.broken: list[str] = []

    def run(self, *starts: str) -> None:
        for start in starts:
            self.follow(start, "the start")
        while self.waiting:
            self.read(*self.waiting.popleft())
        for address, fragment, place in sorted(self.fragments):
            if fragment not in self.ids.get(address, {fragment}):
                self.broken.append(f"{place} names {address}#{fragment}, which is not there")

    def follow(self, link: str, place: str) -> None:
        whole = urljoin(SITE + place if place.startswith("/") else SITE, link)
        if not whole.startswith(f"{SITE}/"):
            return
        address, _, fragment = whole.removeprefix(SITE).partition("#")
        if fragment:
            self.fragments.add((address, unquote(fragment), place))
        if address not in self.seen:
            self.seen.add(address)
            self.waiting.append((address, place))

    def read(self, address: str, place: str) -> None:
        path = unquote(urlsplit(address).path)
        if path.startswith("/static/"):
            is_there = finders.find(path.removeprefix("/static/")) is not None
        elif path.startswith("/media/"):
            is_there = default_storage.exists(path.removeprefix("/media/"))
        else:
            is_there = self.open(address, place)
        if not is_there:
            self.broken.append(f"{place} names {address}, which is not there")

    def open(self, address: str, place: str) -> bool:
        answer = self.reader.read(address)
        if answer.location:
            self.follow(answer.location, place)
            return True
        if answer.content_type.startswith("text/html"):
            self.find_links(answer.soup, address)
        return answer.status == HTTPStatus.OK

    def find_links(self, page: BeautifulSoup, address: str) -> None:
        self.ids[address] = {tag["id"] for tag in page.find_all(id=True)}
        for tag in page.find_all(list(NAMES_AN_ADDRESS)):
            for link in tag.get(NAMES_AN_ADDRESS[tag.name], "").split(", "):
                self.follow(link.partition(" ")[0] if tag.name == "source" else link, address)
