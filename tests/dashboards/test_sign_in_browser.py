"""Signing in with a provider in a real browser, and being kept out."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import identity_provider
import pytest
from browsing import PATIENCE, free_port, serving
from identity_provider import CLIENT, CLIENT_SECRET, Provider
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Browser, Page, expect

from pipeline.publish import open_published

COOKIE = "_streamlit_user"
COOKIE_SECRET = "what only the server of this test knows"
ACCESS = """
[sign_in]
group_claim = "groups"
[roles.all]
entities = ["*"]
[roles.one]
entities = ["{entity}"]
[[people]]
email = "boss@example.com"
roles = ["all"]
[[people]]
group = "clerks"
roles = ["one"]
"""
SECRETS = """
[auth]
redirect_uri = "{url}/oauth2callback"
cookie_secret = "{cookie_secret}"
client_id = "{client}"
client_secret = "{client_secret}"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""
BOSS: dict[str, object] = {"email": "boss@example.com", "email_verified": True}
CLERK: dict[str, object] = {"email": "clerk@example.com", "groups": ["clerks"]}
STRANGER: dict[str, object] = {"email": "stranger@example.com", "email_verified": True, "groups": ["others"]}


@dataclass(frozen=True)
class Served:
    """Pages behind a sign-in: the name of the clerk's entity, those of the others, a return of others."""

    url: str
    provider: Provider
    own: str
    others: list[str]
    foreign_return: str
    log: Path


@pytest.fixture(scope="module")
def served(built_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real build, served as `retrace dashboard --access` does."""
    with open_published(built_workspace) as published:
        names = "select entity_id, name from staging.stg_reference__entities order by entity_id"
        (entity, own), *others = published.connection.execute(names).fetchall()
        sql = "select min(case_id) from event_log.cases where entity_id <> $entity"
        [(foreign,)] = published.connection.execute(sql, {"entity": entity}).fetchall()
    folder, port = tmp_path_factory.mktemp("sign-in"), free_port()
    with identity_provider.running() as provider, (folder / "log").open("wb") as log:
        settings = {"client": CLIENT, "client_secret": CLIENT_SECRET, "cookie_secret": COOKIE_SECRET}
        (folder / "secrets.toml").write_text(
            SECRETS.format(url=f"http://127.0.0.1:{port}", issuer=provider.issuer, **settings)
        )
        (folder / "access.toml").write_text(ACCESS.format(entity=entity))
        command = [
            *(str(Path(sys.executable).with_name("retrace")), "dashboard", "--workspace", str(built_workspace)),
            *("--port", str(port), "--access", "access.toml"),
        ]
        with serving(command, port, folder, log=log) as url:
            yield Served(url, provider, own, [name for _, name in others], foreign, folder / "log")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that nobody has used."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def sign_in(page: Page, served: Served, account: dict[str, object], path: str = "") -> None:
    served.provider.account = account
    page.goto(f"{served.url}/{path}")
    expect_door(page, served)
    page.get_by_role("button", name="Sign in").click()


def expect_door(page: Page, served: Served) -> None:
    """The page that asks to sign in, and nothing else once what was there before is gone."""
    expect(page.get_by_role("heading", level=1, name="Sign in to see the returns")).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.locator("[data-testid=stSidebarNav], .rt-frame, .rt-tile")).to_have_count(0)
    assert not [name for name in (served.own, *served.others) if name in page.content()]


def expect_scorecard(page: Page, said: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("How are returns doing?", timeout=PATIENCE)
    expect(page.locator("[data-testid=stSidebar]")).to_contain_text(said)
    expect(page.locator(".rt-tile").first).to_be_visible(timeout=PATIENCE)


def test_whoever_may_see_all_sees_all_until_signing_out(served: Served, page: Page) -> None:
    sign_in(page, served, BOSS)
    expect_scorecard(page, "You see all entities.")
    assert served.provider.exchanged
    page.reload()
    expect_scorecard(page, "You see all entities.")
    assert "example.com" not in page.content()
    page.get_by_role("button", name="Sign out").click()
    expect_door(page, served)
    page.goto(f"{served.url}/trust")
    expect_door(page, served)


def test_a_limited_person_sees_one_entity_on_every_page(served: Served, page: Page) -> None:
    sign_in(page, served, CLERK)
    expect_scorecard(page, f"You see {served.own} only.")
    for path in ("scorecard", "returns", "trust", f"return?return={served.foreign_return}"):
        page.goto(f"{served.url}/{path}")
        expect(page.locator("[data-testid=stSidebar]")).to_contain_text(f"You see {served.own} only.")
        expect(page.locator("[data-testid=stMain] h1")).to_be_visible()
        expect(page.locator("[data-testid=stStatusWidget], [data-testid=stSpinner]")).to_have_count(0)
        assert not [name for name in served.others if name in page.content()]
    assert page.locator(".js-plotly-plot").count() == 0, "a foreign return is not drawn"


def test_a_person_without_a_role_sees_how_to_leave(served: Served, page: Page) -> None:
    sign_in(page, served, STRANGER, "recovery")
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text("You are signed in, but may see no returns yet", timeout=PATIENCE)
    assert not [name for name in (served.own, *served.others) if name in page.content()]
    assert page.locator("[data-testid=stSidebarNav]").count() == 0
    page.get_by_role("button", name="Sign out").click()
    expect_door(page, served)


def test_a_forged_or_changed_cookie_gets_nothing(served: Served, page: Page) -> None:
    payload = (
        f'{{"origin": "{served.url}", "is_logged_in": true, "provider": "default", "email": "boss@example.com", '
        f'"email_verified": true, "iat": {int(time.time())}}}'
    )
    forged = str(URLSafeTimedSerializer("a guess", salt=COOKIE).dumps(payload))
    right = str(URLSafeTimedSerializer(COOKIE_SECRET, salt=COOKIE).dumps(payload))
    changed = f"{forged.split('.')[0]}.{'.'.join(right.split('.')[1:])}"[:-2] + "xx"
    elsewhere = str(URLSafeTimedSerializer(COOKIE_SECRET, salt=COOKIE).dumps(payload.replace("127.0.0.1", "127.0.0.2")))
    for cookie in (forged, changed, elsewhere, payload, "chunks-2"):
        page.context.clear_cookies()
        page.context.add_cookies([{"name": COOKIE, "value": cookie.replace('"', "%22"), "url": served.url}])
        page.goto(f"{served.url}/returns")
        expect_door(page, served)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": COOKIE, "value": right, "url": served.url}])
    page.goto(served.url)
    expect_scorecard(page, "You see all entities.")


def test_nobody_is_named_in_the_log(served: Served) -> None:
    said = served.log.read_text()
    assert "who may see what is read from" in said
    assert "example.com" not in said
    assert CLIENT_SECRET not in said
