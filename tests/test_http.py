"""The session against a real server on the loopback, faults included. Nothing of our own is replaced."""

import base64
import dataclasses
import gzip
import json
import logging
from urllib.parse import parse_qsl

import pytest

from auditlib.http import Session, connection_from_env, open_session
from auditlib.sandbox import serve, world
from auditlib.sources import CredentialsRefused, Settings, SourceError
from auditlib.waiting import Manners
from tests.loopback import Answer, Server, serving

GOOD = Answer({"tickets": []})
SECRET = "s3cret-t0ken"


@dataclasses.dataclass
class Clock:
    """Sleeping takes no time, and is written down."""

    at: float = 1000.0
    slept: list[float] = dataclasses.field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.at += seconds

    def now(self) -> float:
        return self.at


def session(server: Server, clock: Clock | None = None, share: float = 1.0, **manners: object) -> Session:
    clock = clock or Clock()
    settings = Settings(name="zendesk", kind="zendesk", connection="zendesk", since=0, max_share_of_rate_limit=share)
    connection = {"host": server.url, "login": "auditor@acme.com/token", "password": SECRET}
    polite = Manners(sleep=clock.sleep, now=clock.now, jitter=lambda: 0.0, **manners)  # type: ignore[arg-type]
    return open_session(connection, settings, polite)


def settings(**changes: object) -> Settings:
    return Settings(name="zendesk", kind="zendesk", connection="zendesk", since=0, **changes)  # type: ignore[arg-type]


def test_a_page_holds_the_body_untouched_and_the_moment_that_the_helpdesk_names():
    with serving([Answer(b'{"a" : 1}')]) as server:
        page = session(server)("/api/v2/tickets", {"page[size]": 100}, stream="tickets")
    assert (page.stream, page.body, page.served_at) == ("tickets", b'{"a" : 1}', 1772442000)
    assert page.url == "/api/v2/tickets?page%5Bsize%5D=100"


def test_a_search_with_a_body_is_posted_as_json_and_again_after_trouble():
    with serving([Answer(status=503), GOOD]) as server:
        session(server)("/search", stream="s", body={"query": {"field": "id"}})
    assert [(asked.method, json.loads(asked.sent)) for asked in server.asked] == [
        ("POST", {"query": {"field": "id"}})
    ] * 2


def test_where_the_next_page_is_comes_from_the_link_header():
    link = '<https://acme.example/api/v2/tickets?page=2>; rel="next", </x>; rel="prev"'
    with serving([Answer([], headers={"Link": link}), Answer([])]) as server:
        get = session(server)
        assert get("/x", stream="s").following == "https://acme.example/api/v2/tickets?page=2"
        assert get("/x", stream="s").following is None


def test_login_and_password_go_as_basic_authentication():
    with serving([GOOD]) as server:
        session(server)("/x", stream="s")
    scheme, code = server.asked[0].headers["Authorization"].split()
    assert (scheme, base64.b64decode(code).decode()) == ("Basic", f"auditor@acme.com/token:{SECRET}")


@pytest.mark.parametrize(
    ("extra", "header"),
    [
        ({"token": SECRET}, f"Bearer {SECRET}"),
        (json.dumps({"token": SECRET}), f"Bearer {SECRET}"),
        ({"authorization": f"Token token={SECRET}"}, f"Token token={SECRET}"),
    ],
)
def test_a_token_in_the_extra_goes_as_bearer_and_an_authorization_as_it_is(extra, header):
    with serving([GOOD]) as server:
        open_session({"host": server.url, "extra": extra}, settings())("/x", stream="s")
    assert server.asked[0].headers["Authorization"] == header


def test_a_netrc_never_replaces_the_connections_credentials(tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password else\n")
    monkeypatch.setenv("NETRC", str(netrc))
    with serving([GOOD]) as server:
        open_session({"host": server.url, "extra": {"token": SECRET}}, settings())("/x", stream="s")
    assert server.asked[0].headers["Authorization"] == f"Bearer {SECRET}"


def test_other_headers_of_the_connection_are_sent():
    extra = {"token": "t", "headers": {"Intercom-Version": "2.11"}}
    with serving([GOOD]) as server:
        open_session({"host": server.url, "extra": extra}, settings())("/x", stream="s")
    assert server.asked[0].headers["Intercom-Version"] == "2.11"


def test_a_connection_without_credentials_or_host_is_refused_before_anything_is_sent():
    with pytest.raises(CredentialsRefused, match="has no credentials"):
        open_session({"host": "https://acme.zendesk.com"}, settings())
    with pytest.raises(SourceError, match=r"names no host; write .* https://acme.zendesk.com"):
        open_session({"login": "a", "password": "b"}, settings())


@pytest.mark.parametrize(
    ("connection", "base"),
    [
        ({"host": "acme.zendesk.com"}, "https://acme.zendesk.com/x"),
        ({"host": "acme.zendesk.com", "schema": "http", "port": 8080}, "http://acme.zendesk.com:8080/x"),
        ({"host": "https://help.acme.com/desk/"}, "https://help.acme.com/desk/x"),
    ],
)
def test_a_host_is_a_name_or_a_whole_address_and_https_unless_it_says_otherwise(connection, base):
    get = open_session({**connection, "login": "a", "password": "b"}, settings())
    assert get._url("/x") == base


def test_a_429_waits_as_many_seconds_as_it_names():
    clock = Clock()
    with serving([Answer(status=429, headers={"Retry-After": "17"}), GOOD]) as server:
        assert session(server, clock)("/x", stream="s").json() == {"tickets": []}
    assert clock.slept == [17.0]


def test_a_retry_after_date_is_measured_by_the_helpdesks_own_clock():
    clock = Clock()
    with serving([Answer(status=503, headers={"Retry-After": "Mon, 02 Mar 2026 09:00:42 GMT"}), GOOD]) as server:
        session(server, clock)("/x", stream="s")
    assert clock.slept == [42.0]


@pytest.mark.parametrize("reset", ["23", "1772442023"])
def test_a_429_without_retry_after_waits_for_the_reset(reset):
    clock = Clock()
    with serving([Answer(status=429, headers={"ratelimit-reset": reset}), GOOD]) as server:
        session(server, clock)("/x", stream="s")
    assert clock.slept == [23.0]


def test_a_429_of_one_endpoint_waits_for_that_endpoints_reset():
    headers = {
        "zendesk-ratelimit-incremental-exports": "total=10; remaining=0; resets=43",
        "ratelimit-reset": "5",
    }
    clock = Clock()
    with serving([Answer(status=429, headers=headers), GOOD]) as server:
        session(server, clock)("/x", stream="s")
    assert sum(clock.slept) == 43.0


def test_a_wait_beyond_all_patience_is_capped():
    clock = Clock()
    with serving([Answer(status=429, headers={"Retry-After": "86400"}), GOOD]) as server:
        session(server, clock)("/x", stream="s")
    assert clock.slept == [300.0]


def test_a_retry_after_that_nobody_can_read_backs_off_instead():
    clock = Clock()
    with serving([Answer(status=503, headers={"Retry-After": "nan"}), GOOD]) as server:
        session(server, clock)("/x", stream="s")
    assert clock.slept == [1.0]


@pytest.mark.parametrize(
    "fault",
    [Answer(status=500), Answer(status=502, body=b"<html>"), Answer(drop=True), Answer({"a": 1}, cut=True)],
    ids=["500", "502", "dropped", "truncated"],
)
def test_what_may_pass_is_tried_again_with_growing_waits(fault):
    clock = Clock()
    with serving([fault, fault, fault, GOOD]) as server:
        assert session(server, clock)("/x", stream="s").json() == {"tickets": []}
    assert clock.slept == [1.0, 2.0, 4.0]


def test_a_body_that_is_no_gzip_although_it_says_so_is_tried_again():
    with serving([Answer(b"not gzip", headers={"Content-Encoding": "gzip"}), GOOD]) as server:
        assert session(server)("/x", stream="s").json() == {"tickets": []}


def test_a_silent_server_is_tried_again_and_then_given_up_with_what_to_do():
    with serving([Answer(seconds=0.3)]) as server:
        get = session(server, timeout=(1.0, 0.05), attempts=2)
        with pytest.raises(SourceError, match=r"ReadTimeout|ConnectionError.* 2 times .* run again later"):
            get("/x", stream="s")
    assert len(server.asked) == 2


def test_a_trickle_does_not_hold_a_night():
    ticking = iter(range(0, 10**6, 600))
    with serving([Answer({"a": 1})]) as server:
        get = session(server, longest_answer=300.0, attempts=2)
        get._manners = dataclasses.replace(get._manners, now=lambda: float(next(ticking)))
        with pytest.raises(SourceError, match="no whole answer came"):
            get("/x", stream="s")


def test_jitter_only_ever_lengthens_a_wait_that_was_told():
    polite = Manners(jitter=lambda: 0.75)
    assert (polite.obey(10.0), polite.backoff(3)) == (10.75, 5.0)


@pytest.mark.parametrize("status", [400, 404, 409, 410, 422])
def test_no_other_refusal_is_retried_or_swallowed(status):
    with serving([Answer({"error": "InvalidEndpoint", "description": "Jo wrote"}, status=status)]) as server:
        with pytest.raises(SourceError, match=rf"/x answered {status} \(InvalidEndpoint\)") as caught:
            session(server)("/x", stream="s")
        assert (len(server.asked), caught.value.status) == (1, status)
    assert "Jo" not in str(caught.value)


@pytest.mark.parametrize(("status", "remedy"), [(401, "renew it in the connection"), (403, "give .* the right")])
def test_refused_credentials_name_the_remedy(status, remedy):
    with serving([Answer(status=status)]) as server, pytest.raises(CredentialsRefused, match=remedy):
        session(server)("/x", stream="s")
    assert len(server.asked) == 1


def test_no_secret_is_in_an_error_a_log_or_a_repr(caplog):
    caplog.set_level(logging.DEBUG)
    with serving([Answer(status=503), Answer(status=401)]) as server:
        get = session(server)
        with pytest.raises(CredentialsRefused) as caught:
            get("/x", stream="s")
    shown = f"{caught.value!r} {get!r} {vars(caught.value)} {caplog.text}"
    assert SECRET not in shown
    assert base64.b64encode(f"auditor@acme.com/token:{SECRET}".encode()).decode() not in shown
    assert "waiting 1.0 s" in caplog.text


def test_a_redirect_within_the_host_is_followed():
    with serving([Answer(status=301, headers={"Location": "/moved?a=1"}), GOOD]) as server:
        assert session(server)("/x", stream="s").url == "/moved?a=1"


def test_credentials_never_follow_a_redirect_to_another_host():
    with serving([GOOD]) as elsewhere:
        redirect = Answer(status=302, headers={"Location": f"{elsewhere.url}/x"})
        with serving([redirect]) as server, pytest.raises(SourceError, match="credentials never follow"):
            session(server)("/x", stream="s")
        assert elsewhere.asked == []


@pytest.mark.parametrize(
    "link",
    [
        "https://evil.example/api",
        "//evil.example/api",
        "http://{host}@evil.example/api",
        "http://evil.example\\@{host}/api",
        "https://{host}/api",
        "ftp://{host}/api",
        "api",
    ],
)
def test_a_link_to_another_host_is_refused_before_anything_is_sent(link):
    with serving([GOOD]) as server:
        host = server.url.removeprefix("http://")
        with pytest.raises(SourceError, match="credentials never follow"):
            session(server)(link.format(host=host), stream="s")
        assert server.asked == []


def test_an_absolute_link_to_the_same_host_is_followed_with_its_query():
    with serving([GOOD]) as server:
        page = session(server)(f"{server.url}/next.json?cursor=MTU3%7C%7C&b=2", stream="s")
    assert page.url == "/next.json?cursor=MTU3%7C%7C&b=2"


def test_redirects_without_end_end():
    with serving([Answer(status=302, headers={"Location": "/x"})]) as server:
        with pytest.raises(SourceError, match="redirects without end"):
            session(server, attempts=3)("/x", stream="s")
        assert len(server.asked) == 3


def test_an_answer_larger_than_the_limit_is_refused_even_when_it_is_small_on_the_wire():
    bomb = gzip.compress(b" " * 5_000_000)
    with serving([Answer(bomb, headers={"Content-Encoding": "gzip"})]) as server:
        with pytest.raises(SourceError, match="more than 1,000,000 bytes"):
            session(server, largest_answer=1_000_000)("/x", stream="s")
        assert len(server.asked) == 1


def test_no_minute_holds_more_requests_than_the_share_of_the_limit():
    clock, times = Clock(), []

    def answer(_):
        times.append(clock.at)
        return Answer(headers={"x-rate-limit": "20", "x-rate-limit-remaining": "19", "ratelimit-reset": "30"})

    with serving(answer) as server:
        get = session(server, clock, share=0.3)
        for _ in range(30):
            get("/x", stream="s")
    assert max(sum(start <= at < start + 60 for at in times) for start in times) == 6
    assert clock.at - 1000 == 60 * 4


def test_a_limit_that_counts_ten_seconds_is_kept_in_each_ten_seconds():
    clock, times = Clock(), []
    told = {"X-HubSpot-RateLimit-Max": "20", "X-HubSpot-RateLimit-Remaining": "19"}
    told |= {"X-HubSpot-RateLimit-Interval-Milliseconds": "10000"}

    def answer(_):
        times.append(clock.at)
        return Answer(headers=told)

    with serving(answer) as server:
        get = session(server, clock, share=0.3)
        for _ in range(30):
            get("/x", stream="s")
    assert max(sum(start <= at < start + 10 for at in times) for start in times) == 6
    assert (clock.at - 1000, get.requests_per_minute) == (10 * 4, 120)


def test_a_bucket_that_says_how_full_it_is_is_kept_to_our_share_in_each_twenty_seconds():
    clock, times = Clock(), []

    def answer(_):
        times.append(clock.at)
        return Answer(headers={"X-Gorgias-Account-Api-Call-Limit": "1/40"})

    with serving(answer) as server:
        get = session(server, clock, share=0.3)
        for _ in range(60):
            get("/x", stream="s")
    assert max(sum(start <= at < start + 20 for at in times) for start in times) == 12
    assert (clock.at - 1000, get.requests_per_minute) == (20 * 4, 120)


def test_a_full_bucket_is_left_to_empty_itself_and_one_that_tells_no_numbers_is_none():
    for told, waits in (("40/40", [20.0]), ("41/40", [20.0]), ("many/40", []), ("1/0", [])):
        clock = Clock()
        with serving([Answer(headers={"X-Gorgias-Account-Api-Call-Limit": told})] * 2) as server:
            get = session(server, clock, share=1.0)
            get("/x", stream="s")
            get("/x", stream="s")
        assert clock.slept == waits


def test_a_limit_that_begins_anew_at_a_moment_is_kept_by_the_helpdesks_own_clock():
    # As Front tells it, for all tokens of a company together; a burst has a limit of its own, told by a 429 alone.
    spent = {"x-ratelimit-limit": "50", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1772442037"}
    burst = Answer(status=429, headers={"retry-after": "3", "x-front-tier": "burst", "x-ratelimit-reset": "1772442037"})
    clock = Clock()
    with serving([Answer(headers=spent), Answer(), burst, GOOD]) as server:
        get = session(server, clock, share=1.0)
        for _ in range(3):
            get("/x", stream="s")
    assert clock.slept == [37.0, 3.0]
    assert get.requests_per_minute == 50


def test_an_endpoints_own_limit_holds_for_its_streams_only():
    clock, own = Clock(), {"Zendesk-RateLimit-Incremental-Exports": "total=10; remaining=9; resets=60"}
    with serving(lambda r: Answer(headers=own if "incremental" in r.path else {})) as server:
        get = session(server, clock, share=0.3)
        for _ in range(3):
            get("/incremental/tickets", stream="tickets")
        for _ in range(50):
            get("/audits", stream="audits")
        assert clock.slept == []
        get("/incremental/tickets", stream="tickets")
    assert clock.slept == [60.0]


def test_where_requests_cost_credits_the_share_is_one_of_credits():
    clock = Clock()
    costly = {"X-RateLimit-Total": "100", "X-RateLimit-Remaining": "90", "X-RateLimit-Used-CurrentRequest": "7"}
    with serving([Answer([], headers=costly)]) as server:
        get, began = session(server, clock, share=0.5), clock.at
        for _ in range(8):
            get("/x", stream="s")
    # Seven requests took 49 of the 50 credits of the first minute; the eighth would exceed them.
    assert clock.at - began >= 60
    assert len(clock.slept) == 1


def test_what_was_gone_of_the_limit_before_the_first_answer_is_somebody_elses():
    clock, asked = Clock(), []

    def answer(_):
        asked.append(clock.at)
        return Answer(headers={"x-rate-limit": "100", "x-rate-limit-remaining": str(60 - len(asked))})

    with serving(answer) as server:
        get = session(server, clock, share=0.5)
        while not clock.slept:
            get("/x", stream="s")
    assert sum(at == asked[0] for at in asked) == 30, "half of the 60 that were left, not of all 100"


@pytest.mark.parametrize(("others", "ours"), [(0, 50), (3, 20), (9, 9)])
def test_the_share_is_one_of_what_others_leave_of_the_limit(others, ours):
    """Others take so many of 100 requests a minute for each of ours; k requests see (k - 1) times that: we stop
    once k is half of the rest."""
    clock, asked = Clock(), []

    def answer(_):
        asked.append(clock.at)
        left = 100 - len(asked) * (1 + others)
        return Answer(headers={"x-rate-limit": "100", "x-rate-limit-remaining": str(max(left, 1))})

    with serving(answer) as server:
        get = session(server, clock, share=0.5)
        while not clock.slept:
            get("/x", stream="s")
    assert len(asked) == ours + 1, "the one behind the pause is the first of the next minute"
    assert clock.slept == [60.0]


def test_it_makes_room_for_another_who_asks_the_same_helpdesk():
    company = world(tickets=3, seed=1)
    with serve(company, rate_limit=100) as box:
        settings = Settings(name="z", kind="zendesk", connection="z", since=0, max_share_of_rate_limit=0.5)
        clock = Clock()
        get = open_session(box.connection, settings, Manners(sleep=clock.sleep, now=clock.now, jitter=lambda: 0.0))
        for _ in range(30):
            get("/api/v2/groups", stream="groups")
            box.counted("/api/v2/tickets/1/comments", cost=2)
            if clock.slept:
                break
    assert clock.slept, "alone it would have asked fifty times"


def test_what_others_took_is_forgotten_after_a_minute():
    clock, told = Clock(), iter([90, 40, *[80] * 400])
    with serving(
        lambda r: Answer(headers={"x-rate-limit": "100", "x-rate-limit-remaining": str(next(told))})
    ) as server:
        get = session(server, clock, share=0.5)
        get("/x", stream="s")
        get("/x", stream="s")
        clock.at += 61
        for _ in range(50):
            get("/x", stream="s")
    assert clock.slept == []


def test_an_exhausted_limit_is_waited_for_even_with_the_whole_share():
    clock = Clock()
    spent = Answer(headers={"x-rate-limit": "700", "x-rate-limit-remaining": "0", "ratelimit-reset": "12"})
    with serving([spent, GOOD]) as server:
        get = session(server, clock)
        get("/x", stream="s")
        get("/x", stream="s")
    assert clock.slept == [12.0]


def test_a_connection_is_read_from_json_or_a_uri(monkeypatch):
    written = {
        "conn_type": "http",
        "host": "https://a.zendesk.com",
        "login": "a@b.c/token",
        "password": "p:/%",
    }
    monkeypatch.setenv("AIRFLOW_CONN_ZENDESK", json.dumps(written))
    assert connection_from_env("zendesk") == {**written, "extra": {}}
    monkeypatch.setenv(
        "AIRFLOW_CONN_ZENDESK",
        "http://a%40b.c%2Ftoken:p%3A%2F%25@https%3A%2F%2Fa.zendesk.com/?__extra__=%7B%22token%22%3A+%22t%22%7D",
    )
    read = connection_from_env("zendesk")
    assert {name: read[name] for name in written} == written
    assert read["extra"] == {"token": "t"}


def test_a_uri_may_name_port_schema_and_plain_extras(monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_RT", "http://u:p@rt.acme.com:8443/https?token=a%20b")
    read = connection_from_env("rt")
    assert (read["host"], read["port"], read["schema"]) == ("rt.acme.com", 8443, "https")
    assert read["extra"] == {"token": "a b"}


def test_a_missing_connection_names_the_variable_with_an_example(monkeypatch):
    monkeypatch.delenv("AIRFLOW_CONN_ZENDESK", raising=False)
    with pytest.raises(SourceError, match=r"AIRFLOW_CONN_ZENDESK is not set; for example: .*conn_type"):
        connection_from_env("zendesk")


@pytest.mark.parametrize("text", [f'{{"password": "{SECRET}"', SECRET, f"http://u:{SECRET}@h:port/"])
def test_a_malformed_connection_never_shows_its_text(monkeypatch, text):
    monkeypatch.setenv("AIRFLOW_CONN_ZENDESK", text)
    with pytest.raises(SourceError, match="neither JSON nor a URI") as caught:
        connection_from_env("zendesk")
    assert SECRET not in str(caught.value)
    assert caught.value.__cause__ is None


# Tokens that are granted


def granting(tokens, good):
    """A helpdesk that grants these tokens, one after the other, and takes one only while it is `good`."""
    left = list(tokens)

    def answer(request):
        if request.path == "/oauth2/token":
            told = dict(parse_qsl(request.sent.decode()))
            assert told == {"grant_type": "client_credentials", "client_id": "app", "client_secret": SECRET}
            assert "Authorization" not in request.headers
            token = left.pop(0) if left else None
            return Answer({"access_token": token}) if token else Answer({"error": "invalid_client"}, status=400)
        known = request.headers["Authorization"].removeprefix("Bearer ") in good
        return Answer({"ok": True}) if known else Answer({}, status=401)

    return serving(answer)


def granted(server):
    connection = {"host": server.url, "login": "app", "password": SECRET, "extra": {"token_path": "/oauth2/token"}}
    return open_session(connection, settings(), Manners(sleep=lambda seconds: None, jitter=lambda: 0.0))


def test_a_token_is_granted_once_and_again_when_it_has_expired():
    good = {"first"}
    with granting(["first", "second"], good) as server:
        get = granted(server)
        get("/x", stream="s")
        get("/x", stream="s")
        good.clear()
        good.add("second")
        assert get("/x", stream="s").json() == {"ok": True}
        assert [q.path for q in server.asked].count("/oauth2/token") == 2


def test_a_token_that_is_refused_though_it_is_new_stops_it():
    with granting(["first", "second"], set()) as server, pytest.raises(CredentialsRefused, match="401"):
        granted(server)("/x", stream="s")


def test_an_app_that_is_granted_no_token_stops_it_without_its_secret():
    with granting([], set()) as server, pytest.raises(CredentialsRefused, match="granted no token") as said:
        granted(server)("/x", stream="s")
    assert SECRET not in str(said.value)


def test_a_token_is_asked_for_at_the_connections_own_host_alone():
    with serving([GOOD]) as other, serving([GOOD]) as server:
        elsewhere = f"{other.url}/oauth2/token"
        connection = {"host": server.url, "login": "app", "password": SECRET, "extra": {"token_path": elsewhere}}
        with pytest.raises(SourceError, match="credentials never follow"):
            open_session(connection, settings(), Manners(sleep=lambda seconds: None))("/x", stream="s")
        assert other.asked == []
