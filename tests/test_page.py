"""The leadership page in a real browser: it says what it should, hostile words stay words, nothing is fetched."""

import html
import html.parser
import re
import shutil

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from auditlib import pages, pipeline
from auditlib.figures import intervals
from auditlib.metric import BASES
from auditlib.pages import claims, failing, legs, meanings, numbers, signed
from auditlib.pages.episodes import safe_link
from auditlib.pages.evidence import Footnotes
from auditlib.pages.listing import Whole
from auditlib.pipeline.setting import Setting
from tests import shop
from tests.postgres import cluster, database  # noqa: F401

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no browser: install the package chromium")
SECTIONS = [
    "Which changes are worth a question?",
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


FINDING = f"""
[[finding]]
title = "Late answers {shop.HOSTILE}"
period = "2026-W10"
metric = "first_reply_minutes"
criteria = "Everybody is answered within an hour"
condition = "One is never answered"
cause = "Nobody reads the web form"
action = "Route the web form"
owner = "uma"
due = 2026-03-01
"""


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """The shop after two nights, with a finding."""
    with shop.opened(tmp_path_factory.mktemp("page") / "shop") as opened:
        two_nights(opened)
        yield opened


def two_nights(opened):
    config = opened.folder / "audit.toml"
    config.write_text(config.read_text() + FINDING)
    opened.two_nights(signed_by="J. Doe")


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
        self.inside = tag if ("class", "name") not in attrs else None  # the legs' names are no sections

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
    queries = {html.unescape(found) for found in re.findall(r"<td><code>(SELECT .*?)</code>", page.read_text())}
    assert {query.split(" FROM ")[1].split()[0] for query in queries} >= {"evidence", "repeat_drivers", "backlog"}
    for query in queries:
        assert len(audited.rows(query)), query


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


def test_the_night_reads_what_it_wrote_for_leaders_and_gives_the_same_page(page):
    before = page.read_bytes()
    page.unlink()
    assert pipeline.write_page() == str(page)
    assert page.read_bytes() == before


def test_both_databases_give_the_same_page(page, cluster, tmp_path):  # noqa: F811
    on_sqlite = page.read_bytes()
    with database(cluster) as url, shop.opened(tmp_path / "shop", url) as opened:
        two_nights(opened)
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


def test_a_finding_and_the_missing_signature_are_told(page):
    told = page.read_text().split("Findings and sign-off")[1]
    assert "Nobody has signed this week" in told
    assert "auditlib sign 2026-W11" in told
    assert "One is never answered. Asked for: Everybody is answered within an hour." in told
    assert "overdue" in told
    assert "uma, by 1 March 2026" in told
    assert "signed: 2026-W10; nobody answers for 2026-W11" in told


def test_what_was_signed_and_says_something_else_now_is_told_with_both_values(page):
    told = page.read_text().split("Of what was signed")[1].split("</ul>")[0]
    assert "signed as" in told
    assert "2 to 8 March 2026" in told


def test_a_signature_is_told_with_what_was_open_and_what_was_corrected_since():
    row = {
        "period": "week", "period_start": "2026-03-02", "signed_by": "J. Doe", "signed_at": "2026-03-10T09:00:00Z",
        "comment": None, "publication": 2, "figures": 40, "head": "5f1c", "exceptions": '["1 source is missing"]',
    }  # fmt: skip
    told = signed.signed([row, {**row, "period": "month"}], "2026-03-02", corrected=3)
    assert (told["by"], told["at"], told["exceptions"]) == ("J. Doe", "10 March 2026", ["1 source is missing"])
    assert (told["corrected"], told["signatures"]) == (3, 1)
    assert signed.signed([row], "2026-03-09", corrected=0) == {"is_signed": False, "name": "2026-W11"}


def test_weeks_that_follow_each_other_are_told_as_one_span():
    over = ["2026-03-02", "2026-03-09", "2026-03-16", "2026-03-23", "2026-03-30"]
    told = signed.weeks([{"period": "week", "period_start": "2026-03-16"}], over, "2026-03-23")
    assert told == {"signed": ["2026-W12"], "unsigned": ["2026-W10 to 2026-W11", "2026-W13"], "count": 4}


def test_figures_of_one_definition_share_what_it_means():
    row = {
        "page": "docs/metrics/chasers/chasers.md",
        "better": "lower",
        "title": "Asked again",
        "metric": "chased_rate",
        "date_basis": "created",
        "counter_metric": "say_do_gap",
    }
    often = row | {"title": "Asked again three times", "metric": "chased_3_times_rate"}
    gap = {
        **row, "page": "docs/metrics/outcome/gap.md", "title": "Gap", "metric": "say_do_gap", "better": "neither",
        "date_basis": "due", "counter_metric": None,
    }  # fmt: skip
    told = meanings.meanings([often, gap, row | {"metric": "unused"}, row], {"chased_rate", "chased_3_times_rate",
                                                                          "say_do_gap"}, {"say_do_gap"})  # fmt: skip
    assert [[figure["metric"] for figure in each["figures"]] for each in told] == [
        ["chased_rate", "chased_3_times_rate"], ["say_do_gap"]
    ]  # fmt: skip
    assert [(each["is_headline"], each["better"]) for each in told] == [(False, "Lower is better."), (True, "")]
    assert [(each["counts_when"], each["counter"]) for each in told] == [
        ("the case began", "Gap"), ("the promise fell due", None)
    ]  # fmt: skip


def test_every_moment_that_a_metric_can_have_is_said_in_words():
    assert set(meanings.COUNTS_WHEN) == set(BASES)


def test_the_gap_divides_into_parts_that_add_up():
    week = {
        "period": "week", "period_start": "2026-03-02", "period_end": "2026-03-08", "statistic": "rate",
        "unit": "share", "breakdown": "all", "weighting": "ticket", "ci_low": None, "ci_high": None, "n": 100,
    }  # fmt: skip
    values = {
        "claimed_resolution_rate": 0.9, "strict_resolution_rate": 0.65, "say_do_gap": 0.25, "failed_rate": 0.15,
        "unanswered_closed_rate": 0.1, "auto_closed_rate": 0.0, "declined_rate": None,
    }  # fmt: skip
    rows = [
        {**week, "metric": name, "title": name, "value": value, "figure_id": name} for name, value in values.items()
    ]
    told = claims.gap(Whole(rows, "2026-03-08"), Footnotes())
    assert [part["number"].text for part in told["parts"]] == ["15.0 %", "10.0 %"]
    assert (told["claimed"].text, told["strict"].text, told["gap"].text) == ("90.0 %", "65.0 %", "25.0 points")
    drawn = re.findall(r'h([\d.]+)v24h\S+ fill="var\(--([\w-]+)\)"', told["bar"])
    assert drawn == [("416", "kept"), ("96", "gap-1"), ("64", "gap-2")]  # of 640
    assert claims.gap(Whole(rows, "2026-03-07"), Footnotes()) is None  # a week that is not over waits


def test_a_month_stands_in_where_weeks_have_too_few_cases():
    week = {"period": "week", "period_end": "2026-03-29", "is_over": "yes", "value": None}
    month = {"period": "month", "period_end": "2026-03-31", "is_over": "yes", "value": 0.5}
    assert legs.newest([week, month]) is month
    assert legs.newest([{**week, "value": 0.4}, {**month, "period_end": "2026-02-28"}])["value"] == 0.4
    assert legs.newest([week, {**month, "is_over": "no"}]) is week


def test_teams_are_held_against_chance_and_not_ranked():
    whole = {"metric": "strict_resolution_rate", "statistic": "rate", "value": 0.7, "better": "higher"}
    teams = [{"figure_id": "big", "denominator": 1000.0}, {"figure_id": "small", "denominator": 10.0}]
    limits = failing._limits(whole, teams)
    low, high = intervals.funnel(0.7, np.array([1000.0, 10.0]))
    assert limits == {"big": (low[0], high[0]), "small": (low[1], high[1])}
    assert failing._by_chance({"value": 0.6}, whole, limits["big"]) == "worse than chance explains"
    assert failing._by_chance({"value": 0.6}, whole, limits["small"]) == "within chance"
    assert failing._by_chance({"value": 0.8}, whole, limits["big"]) == "better than chance explains"


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def tab(browser):
    """The page as it is read, with scripts of its own forbidden by its own policy."""
    context = browser.new_context(bypass_csp=True)
    yield context.new_page()
    context.close()


@needs_chromium
def test_a_browser_shows_hostile_words_as_text_and_asks_nothing_of_the_network(tab, page, tmp_path):
    asked, alarms = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("dialog", lambda dialog: alarms.append(dialog.message) or dialog.dismiss())
    curious = tmp_path / "curious.html"
    curious.write_text(f'<img src="file:///nowhere/pixel">{shop.HOSTILE}')
    tab.goto(curious.as_uri())
    assert "file:///nowhere/pixel" in asked  # what listens does hear
    assert alarms == ["alert(1)"] or alarms == ["1"]
    asked.clear()
    alarms.clear()
    tab.goto(page.as_uri(), wait_until="networkidle")
    assert asked == [page.as_uri()]
    assert not alarms
    assert f"Late answers {shop.HOSTILE}" in tab.inner_text("body")
    assert page.stat().st_size < 2_000_000


@needs_chromium
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_wider_than_the_screen(tab, page, width):
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(page.as_uri())
    tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@needs_chromium
def test_every_link_leads_to_something_that_can_be_seen(tab, page):
    tab.goto(page.as_uri())
    links = sorted(set(tab.eval_on_selector_all("a[href^='#']", "all => all.map(a => a.getAttribute('href'))")))
    assert len(links) > 20
    for link in links:
        tab.goto(page.as_uri() + link)
        assert tab.evaluate("document.querySelector(':target').getClientRects().length"), link
        assert tab.evaluate("document.querySelector(':target').checkVisibility()"), link


@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_readers_with_other_means(tab, page, scheme):
    tab.emulate_media(color_scheme=scheme)
    tab.goto(page.as_uri())
    tab.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    found = Axe().run(tab)
    assert not found.response["violations"], found.generate_report()
    assert len(found.response["passes"]) > 10


@needs_chromium
def test_it_prints_on_a_few_sheets(tab, page):
    tab.goto(page.as_uri())
    printed = tab.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF")
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= 6
