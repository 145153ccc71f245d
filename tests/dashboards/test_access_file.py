"""Who may see what: the file, and what a person's claims come to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboards.access.file import read_access
from dashboards.access.machine import host_of, is_this_machine
from dashboards.access.provider import check_provider
from dashboards.access.roles import Access
from pipeline.errors import UsageError

NOW = datetime(2025, 6, 2, 12, 0, tzinfo=UTC)
FILE = """
[sign_in]
group_claim = "groups"
session_hours = 8

[roles.all]
entities = ["*"]

[roles.east]
entities = ["0020", "0010"]

[roles.west]
entities = ["0030"]

[[people]]
email = "Boss@Example.com"
roles = ["all"]

[[people]]
email = "clerk@example.com"
roles = ["west"]

[[people]]
group = "returns-east"
roles = ["east"]
"""


def access(folder: Path, text: str = FILE) -> Access:
    path = folder / "access.toml"
    path.write_text(text, encoding="utf-8")
    return read_access(path)


def test_an_address_counts_in_any_case_and_only_when_verified(tmp_path: Path) -> None:
    roles = access(tmp_path)
    assert roles.entities_of({"email": "BOSS@example.com", "email_verified": True}) is None
    assert roles.entities_of({"email": "clerk@example.com", "email_verified": "true"}) == ("0030",)
    assert roles.entities_of({"email": "clerk@example.com"}) == ()
    assert roles.entities_of({"email": "clerk@example.com", "email_verified": False}) == ()
    assert roles.entities_of({"email": "other@example.com", "email_verified": True}) == ()
    assert roles.entities_of({"email": ["clerk@example.com"], "email_verified": True}) == ()


def test_a_letter_that_looks_alike_is_another_person(tmp_path: Path) -> None:
    assert access(tmp_path).entities_of({"email": "cler\u212a@example.com", "email_verified": True}) == ()


def test_an_address_that_the_provider_says_nothing_of_counts_only_when_trusted(tmp_path: Path) -> None:
    roles = access(tmp_path, FILE.replace("session_hours = 8", "trust_unverified_email = true"))
    assert roles.entities_of({"email": "clerk@example.com"}) == ("0030",)
    assert roles.entities_of({"email": "clerk@example.com", "email_verified": False}) == ()


def test_roles_of_a_person_and_of_groups_add_up(tmp_path: Path) -> None:
    roles = access(tmp_path)
    clerk = {"email": "clerk@example.com", "email_verified": True, "groups": ["x", "returns-east", 7]}
    assert roles.entities_of(clerk) == ("0010", "0020", "0030")
    assert roles.entities_of({"groups": "returns-east"}) == ("0010", "0020")
    assert roles.entities_of({"groups": {"returns-east": True}}) == ()
    assert roles.entities_of({"roles": ["returns-east"]}) == ()
    assert roles.entities_of({}) == ()


def test_nobody_is_in_by_lacking_an_address_or_a_group() -> None:
    assert Access({"all": None}, (), "groups").entities_of({"email": None, "groups": [None]}) == ()


def test_a_sign_in_ends(tmp_path: Path) -> None:
    roles = access(tmp_path)
    issued = (NOW - timedelta(hours=7, minutes=59)).timestamp()
    assert not roles.is_over({"iat": issued}, NOW)
    assert roles.is_over({"iat": issued - 60}, NOW)
    assert roles.is_over({}, NOW)
    assert roles.is_over({"iat": True}, NOW)
    assert roles.is_over({"iat": "now"}, NOW)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (FILE, "", "lacks people and roles"),
        ("[roles.west]", "[role.west]", "the file has role"),
        ("group_claim =", "groupclaim =", "[sign_in] has groupclaim"),
        ('group_claim = "groups"', "", "group_claim is missing"),
        ("session_hours = 8", "session_hours = 0", "session_hours is 0"),
        ("session_hours = 8", "session_hours = true", "session_hours is True"),
        ("session_hours = 8", 'trust_unverified_email = "yes"', "expected true or false"),
        ('["*"]', '["*", "0010"]', "which is all of them"),
        ('["0030"]', "[]", "[roles.west] entities is empty"),
        ('["0030"]', "[30]", "[roles.west] entities is not a text"),
        ('["0030"]', '["0030", "0030"]', "twice"),
        ('["0030"]', '"0030"', "no list"),
        ('entities = ["0030"]', 'entity = ["0030"]', "[roles.west] has entity"),
        ('roles = ["west"]', 'roles = ["wst"]', "has the roles wst, which are not defined"),
        ('roles = ["west"]', "", "number 2 lacks roles"),
        ('email = "clerk@example.com"', "", "number 2 has neither"),
        ('group = "returns-east"', 'group = "x"\nemail = "x@example.com"', "number 3 has both"),
        ("clerk@example.com", "clerk", "number 2: the email is no address"),
        ("clerk@example.com", "boss@example.com", "number 2 is the same as number 1"),
        ('roles = ["west"]', 'roles = ["west"', "cannot be read on at line"),
        ("[roles.all]", '[[roles]]\nname = "x"\n#', "roles is a list"),
    ],
)
def test_what_is_not_understood_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    assert old in FILE
    with pytest.raises(UsageError) as refused:
        access(tmp_path, FILE.replace(old, new))
    assert said in str(refused.value)
    assert str(tmp_path / "access.toml") in str(refused.value)
    assert "@example.com" not in str(refused.value).replace("someone@example.com", "")


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="No such file"):
        read_access(tmp_path / "access.toml")
    (tmp_path / "access.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="byte 1 is no text"):
        read_access(tmp_path / "access.toml")


SECRETS = """
[auth]
redirect_uri = "https://returns.example.com/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "retrace"
client_secret = "hush"
server_metadata_url = "https://id.example.com/.well-known/openid-configuration"
client_kwargs = { prompt = "login" }
"""


def test_the_provider_is_checked_before_anything_is_served(tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(SECRETS)
    check_provider(path)
    path.write_text(SECRETS.replace("https://returns.example.com/", "http://localhost:8501/"))
    check_provider(path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (SECRETS, "", "no table [auth]"),
        ('client_id = "retrace"', 'client_id = " "', "lacks client_id"),
        ("0123456789abcdef0123456789abcdef", "short", "cookie_secret is short"),
        ("/oauth2callback", "/", "redirect_uri is not"),
        ("https://returns", "http://returns", "redirect_uri is no https"),
        ("https://id", "http://id", "server_metadata_url is no https"),
        ("client_kwargs = {", "okta = {", "names the providers okta"),
        ("[auth]", "[auth", "cannot be read on at line"),
    ],
)
def test_a_provider_that_is_not_safe_or_complete_is_refused(old: str, new: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "secrets.toml"
    path.write_text(SECRETS.replace(old, new))
    with pytest.raises(UsageError) as refused:
        check_provider(path)
    assert said in str(refused.value)
    assert "hush" not in str(refused.value)


def test_secrets_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        check_provider(tmp_path / "secrets.toml")


@pytest.mark.parametrize(
    ("header", "is_here"),
    [
        ("localhost:8501", True),
        ("127.0.0.1:8501", True),
        ("127.8.0.9", True),
        ("[::1]:8501", True),
        ("LOCALHOST", True),
        ("0.0.0.0:8501", False),
        ("[::]", False),
        ("192.168.1.4:8501", False),
        ("rebound.example.com:8501", False),
        ("localhost.example.com", False),
        ("127.0.0.1.example.com", False),
        ("", False),
        ("[::1", False),
    ],
)
def test_which_addresses_are_this_machine(header: str, is_here: bool) -> None:
    assert is_this_machine(host_of(header)) is is_here
