"""The leadership page in a real browser: it says what it should, hostile words stay words, nothing is fetched."""

import contextlib
import html.parser
import re
import shutil
import socket
import subprocess
import threading

import pytest

from auditlib import pages
from auditlib.pages import numbers
from auditlib.pages.episodes import safe_link
from auditlib.pipeline.setting import Setting
from tests import shop
from tests.postgres import cluster, database  # noqa: F401

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-default-apps", "--hide-scrollbars",
    "--disable-features=NetworkTimeServiceQuerying",
)  # fmt: skip
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no browser: install the package chromium")
SECTIONS = [
    "Where does it fail?",
    "Who has to come back?",
    "Claimed and kept",
    "What changed since the last publication, and why?",
    "Do the helpdesks’ own numbers agree?",
    "What can’t we know?",
    "Five cases to read",
    "Findings and sign-off",
    "What the numbers mean",
    "Evidence",
]


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """The shop after two nights."""
    with shop.opened(tmp_path_factory.mktemp("page") / "shop") as opened:
        opened.two_nights()
        yield opened


@pytest.fixture(scope="module")
def page(audited):
    return pages.write(Setting.here())


@pytest.fixture(scope="module")
def told(page):
    """The page as a reader of HTML finds it."""
    found = Told()
    found.feed(page.read_text())
    return found


class Told(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.links, self.tags, self.headings, self.inside = set(), [], [], [], None

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids |= {value for name, value in attrs if name == "id"}
        self.links += [value for name, value in attrs if name in ("href", "src", "action")]
        self.inside = tag

    def handle_data(self, data):
        if self.inside == "h2":
            self.headings.append(data.strip())
        self.inside = None


def test_the_page_stands_beside_audit_toml_and_has_its_sections_in_order(page, told, audited):
    assert page == audited.folder / "page.html"
    assert told.headings == SECTIONS


def test_what_is_not_measured_says_so_and_is_not_left_out(page):
    assert "how they were treated is not measured yet" in page.read_text()


def test_every_link_within_the_page_leads_somewhere(told):
    within = [link[1:] for link in told.links if link.startswith("#")]
    assert len(within) > 10
    assert set(within) <= told.ids


def test_every_number_shows_a_query_that_gives_its_members(page, audited):
    queries = set(re.findall(r"SELECT \* FROM evidence WHERE figure_id = &#39;\w+&#39;", page.read_text()))
    assert queries
    for query in queries:
        assert len(audited.rows(query.replace("&#39;", "'")))


def test_hostile_words_stay_words(page, told):
    text = page.read_text()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert not [tag for tag, _ in told.tags if tag in ("script", "iframe", "img", "object", "embed", "form")]
    assert not [link for link in told.links if not link.startswith(("#", "https://shop.example/"))]


def test_only_links_of_the_web_are_links():
    assert safe_link("https://shop.example/1") == "https://shop.example/1"
    assert safe_link("javascript:alert(1)") is None
    assert safe_link("/agent/tickets/1") is None
    assert safe_link(None) is None


def test_the_same_publication_gives_the_same_page(page):
    before = page.read_bytes()
    assert pages.write(Setting.here()).read_bytes() == before


def test_both_databases_give_the_same_page(page, cluster, tmp_path):  # noqa: F811
    on_sqlite = page.read_bytes()
    with database(cluster) as url, shop.opened(tmp_path / "shop", url) as opened:
        opened.two_nights()
        assert pages.write(Setting.here()).read_bytes() == on_sqlite


def test_before_the_first_publication_the_page_says_that_there_is_none(tmp_path):
    with shop.opened(tmp_path / "new"):
        assert "Nothing is published yet" in pages.write(Setting.here()).read_text()


def test_a_changed_figure_is_told_with_its_reasons(page):
    told = page.read_text().split("What changed since")[1].split("What can’t we know?")[0]
    assert "→" in told
    assert "1 case" in told


def test_an_interval_is_told_in_the_unit_of_its_value():
    row = {"metric": "first_reply_minutes", "unit": "minutes", "value": 180.0, "ci_low": 60.0, "ci_high": 300.0}
    assert numbers.value(row) == "3.0 hours"
    assert numbers.interval(row) == "1.0 to 5.0 hours"
    assert numbers.interval(row | {"ci_high": None}) == "at least 1.0 hours"


@needs_chromium
def test_a_browser_shows_hostile_words_as_text_and_asks_nothing_of_the_network(page, tmp_path):
    curious = tmp_path / "curious.html"
    curious.write_text('<img src="http://evil.example/pixel">')
    with listening() as (port, heard):
        proxy = [f"--proxy-server=http://127.0.0.1:{port}", "--proxy-bypass-list=<-loopback>"]
        browse(curious, tmp_path, "--dump-dom", *proxy)
        assert [line for line in heard if b"evil.example" in line]
        heard.clear()
        dom = browse(page, tmp_path, "--dump-dom", *proxy)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in dom
    assert "<script" not in dom
    # Whatever the browser itself is curious about goes to its maker.
    assert not [line for line in heard if b".google.com" not in line and b".googleapis.com" not in line]


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(page, tmp_path, width):
    measured = re.sub(r"<meta http-equiv=.*?>", "", page.read_text())
    # A headless window is never narrower than 500: the layout for phones in the width of a phone.
    narrow = f"document.documentElement.style.width = '{width}px'; document.title = document.body.scrollWidth"
    measured = measured.replace("</body>", f"<script>{narrow}</script></body>")
    copy = tmp_path / "measured.html"
    copy.write_text(measured)
    dom = browse(copy, tmp_path, "--dump-dom", f"--window-size={width},900")
    assert int(re.search(r"<title>(\d+)</title>", dom)[1]) <= width


@needs_chromium
def test_it_prints_on_a_few_sheets(page, tmp_path):
    browse(page, tmp_path, f"--print-to-pdf={tmp_path / 'page.pdf'}", "--no-pdf-header-footer")
    printed = (tmp_path / "page.pdf").read_bytes()
    assert printed.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 6


def browse(page, folder, *flags):
    """What the browser prints, having opened the page with these flags."""
    command = [CHROMIUM, *QUIET, f"--user-data-dir={folder / 'profile'}", *flags, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


@contextlib.contextmanager
def listening():
    """A port on which nothing answers, and the first bytes of whatever was asked there."""
    heard, door = [], socket.create_server(("127.0.0.1", 0))

    def hear():
        with contextlib.suppress(OSError):
            while True:
                caller, _ = door.accept()
                with caller:
                    heard.append(caller.recv(200))

    listener = threading.Thread(target=hear, daemon=True)
    listener.start()
    try:
        yield door.getsockname()[1], heard
    finally:
        door.close()
