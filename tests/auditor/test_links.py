import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.hosts import imitates
from auditor.links import code_in, registered_domain, target
from auditor.model import NumberKind, Target

SITE = "https://chat.example.cn/"
A, G, R = NumberKind.ALGORITHM, NumberKind.GENAI_FILING, NumberKind.GENAI_REGISTRATION
M, MA, ML, P = NumberKind.ICP, NumberKind.ICP_APP, NumberKind.ICP_LICENSE, NumberKind.POLICE
POLICE = "浙公网安备33010602099999号"
RECORD = "https://beian.cac.gov.cn/api/static/fileUpload/principalOrithm/additional/user_0a_0b.pdf"
QUERY = "https://beian.mps.gov.cn/#/query/webSearch?code=33010602099999"
OLD_QUERY = "http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=33010602099999"


@pytest.mark.parametrize(
    ("href", "kind", "expected"),
    [
        # the authority of that kind
        ("https://beian.cac.gov.cn/#/index", A, Target.OFFICIAL),
        ("https://beian.cac.gov.cn", A, Target.OFFICIAL),
        ("http://BEIAN.CAC.GOV.CN./#/home", A, Target.OFFICIAL),
        ("//beian.cac.gov.cn/#/index", A, Target.OFFICIAL),
        ("https:\\\\beian.cac.gov.cn\\", A, Target.OFFICIAL),
        ("  https://beian.cac.gov.cn/\n", A, Target.OFFICIAL),
        ("https://ｂｅｉａｎ.cac.gov.cn/", A, Target.OFFICIAL),  # browsers fold full-width letters
        ("https://www.cac.gov.cn/", A, Target.OFFICIAL),
        ("https://beian.cac.gov.cn/#/index", G, Target.OFFICIAL),
        ("https://www.cac.gov.cn", R, Target.OFFICIAL),
        ("https://beian.miit.gov.cn/", M, Target.OFFICIAL),
        ("http://beian.miit.gov.cn/#/Integrated/index", M, Target.OFFICIAL),
        ("https://beian.miit.gov.cn/", MA, Target.OFFICIAL),
        ("https://beian.miit.gov.cn/", ML, Target.OFFICIAL),
        ("https://tsm.miit.gov.cn/", ML, Target.OFFICIAL),
        ("https://beian.mps.gov.cn/#/", P, Target.OFFICIAL),
        ("http://www.beian.gov.cn/portal/index.do", P, Target.OFFICIAL),
        ("https://www.beian.miit.gov.cn/", M, Target.OFFICIAL),
        # the record itself
        (RECORD, A, Target.OFFICIAL_RECORD),
        (QUERY, P, Target.OFFICIAL_RECORD),
        (OLD_QUERY, P, Target.OFFICIAL_RECORD),
        (QUERY.replace("099999", "099998"), P, Target.OFFICIAL),  # another firm's code
        (QUERY[:-1], P, Target.OFFICIAL),
        # what the CAC and its provincial offices publish
        ("https://www.cac.gov.cn/2022-08/12/c_1661927474338504.htm", A, Target.ANNOUNCEMENT),
        ("https://www.cac.gov.cn/2024-04/02/c_1713729983803145.htm", G, Target.ANNOUNCEMENT),
        ("https://cagd.gov.cn/v/2024/04/4859.html", R, Target.ANNOUNCEMENT),
        ("https://wxb.example.gov.cn/a.html", R, Target.ANNOUNCEMENT),
        # another authority
        ("https://beian.miit.gov.cn/", A, Target.WRONG_AUTHORITY),
        ("https://beian.mps.gov.cn/", A, Target.WRONG_AUTHORITY),
        ("https://beian.cac.gov.cn/#/index", M, Target.WRONG_AUTHORITY),
        ("https://www.cac.gov.cn/2022-08/12/c_1661927474338504.htm", P, Target.WRONG_AUTHORITY),
        (QUERY, M, Target.WRONG_AUTHORITY),
        ("https://beian.miit.gov.cn/", P, Target.WRONG_AUTHORITY),
        ("http://www.miitbeian.gov.cn/", M, Target.WRONG_AUTHORITY),
        ("http://miitbeian.gov.cn", A, Target.WRONG_AUTHORITY),
        ("https://www.example.gov.cn/", A, Target.WRONG_AUTHORITY),
        ("https://cagd.gov.cn/", M, Target.WRONG_AUTHORITY),
        # hosts that pass themselves off as one
        ("https://beian.mitt.gov.cn/", M, Target.LOOKALIKE),
        ("https://beian.mit.gov.cn/", M, Target.LOOKALIKE),
        ("https://beain.miit.gov.cn/", M, Target.LOOKALIKE),
        ("https://beia.miit.gov.cn/", M, Target.LOOKALIKE),
        ("https://beian.cca.gov.cn/", A, Target.LOOKALIKE),
        ("https://beian.cac.gov.cn.example.net/", A, Target.LOOKALIKE),
        ("https://beian.cac.gov.cn.com/", A, Target.LOOKALIKE),
        ("https://beian.cac.gov.co/", A, Target.LOOKALIKE),
        ("https://beian-cac-gov.cn/", A, Target.LOOKALIKE),
        ("https://beian.cac-gov.cn/", A, Target.LOOKALIKE),
        ("https://beiancac.example/", A, Target.LOOKALIKE),
        ("https://www.mps.gov.cn.example.com/", P, Target.LOOKALIKE),
        ("https://beian.cас.gov.cn/", A, Target.LOOKALIKE),  # Cyrillic а and с
        ("https://be1an.m1it.example/", M, Target.LOOKALIKE),
        ("https://beian.cac.gov.cn@evil.example/", A, Target.LOOKALIKE),
        ("https://x:beian.cac.gov.cn@evil.example/", A, Target.LOOKALIKE),
        ("https://beian%2Ecac%2Egov%2Ecn@evil.example/", A, Target.LOOKALIKE),
        # the site's own pages
        ("https://chat.example.cn/beian", A, Target.OWN),
        ("/filing.pdf", A, Target.OWN),
        ("filing.html", A, Target.OWN),
        ("?page=filing", A, Target.OWN),
        ("#/filing", A, Target.OWN),
        ("https://www.example.cn/", A, Target.OWN),
        ("https://chat.example.cn/", A, Target.OWN),
        ("https:/beian.cac.gov.cn", A, Target.OWN),  # one slash: a path of the own site to a browser
        # strangers
        ("https://icp.chinaz.example/", M, Target.THIRD_PARTY),
        ("https://example.com/", A, Target.THIRD_PARTY),
        ("https://notexample.cn/", A, Target.THIRD_PARTY),
        ("https://link.example.com/?to=https://beian.cac.gov.cn/", A, Target.THIRD_PARTY),
        ("https://example.com/beian.cac.gov.cn/", A, Target.THIRD_PARTY),
        ("https://evil.example\\@beian.cac.gov.cn/", A, Target.THIRD_PARTY),
        ("https://10.1.2.3/", A, Target.THIRD_PARTY),
        # no page behind it
        ("#", A, Target.DEAD),
        ("#top", A, Target.DEAD),
        ("https://chat.example.cn/about#", A, Target.DEAD),  # as captured
        ("", A, Target.DEAD),
        (" \t\n", A, Target.DEAD),
        ("javascript:;", A, Target.DEAD),
        ("JavaScript:void(0)", A, Target.DEAD),
        ("java\nscript:void(0)", A, Target.DEAD),
        ("void(0)", A, Target.DEAD),
        ("about:blank", A, Target.DEAD),
        ("mailto:a@example.cn", A, Target.DEAD),
        ("data:text/html,x", A, Target.DEAD),
        ("http://", A, Target.DEAD),
        ("http://[::1", A, Target.DEAD),
        (None, A, Target.NONE),
    ],
)
def test_target(href: str | None, kind: NumberKind, expected: Target) -> None:
    assert target(href, kind, POLICE if kind is P else None, SITE) is expected


def test_neighbours_on_a_shared_host_are_strangers() -> None:
    assert target("https://other.github.io/", A, None, "https://mine.github.io/") is Target.THIRD_PARTY
    assert target("https://mine.github.io/x", A, None, "https://mine.github.io/") is Target.OWN


@pytest.mark.parametrize(
    "site", ["http://127.0.0.1:8000/", "127.0.0.1:8000", "http://localhost:8000/", "http://[::1]/"]
)
def test_sites_without_a_registered_name(site: str) -> None:
    assert target("/filing", A, None, site) is Target.OWN
    assert target("#", A, None, site) is Target.DEAD
    assert target("https://beian.cac.gov.cn/#/index", A, None, site) is Target.OFFICIAL
    assert target("http://10.0.0.9/", A, None, site) is Target.THIRD_PARTY


@pytest.mark.parametrize(
    "host",
    ["www.caac.gov.cn", "www.mot.gov.cn", "www.nmpa.gov.cn", "gxcac.gov.cn", "beijing.gov.cn", "beian.example.cn"],
)
def test_other_authorities_imitate_nobody(host: str) -> None:
    assert not imitates(host, "")


def test_code_in() -> None:
    assert code_in(QUERY) == code_in(OLD_QUERY) == "33010602099999"
    assert code_in(QUERY.replace("?code=", "?x=1&code=")) == "33010602099999"
    assert code_in(QUERY[:-3]) == "33010602099"  # too short is told as it stands
    assert code_in("https://beian.mps.gov.cn/#/query/webSearch") is None
    assert code_in("https://example.com/?code=33010602099999") is None
    assert code_in("") is None


def test_registered_domain() -> None:
    assert registered_domain("a.b.example.com.cn") == "example.com.cn"
    assert registered_domain("beian.mitt.gov.cn") == "mitt.gov.cn"
    assert registered_domain("127.0.0.1") == "127.0.0.1"


PIECES = st.sampled_from(
    [
        "https://",
        "http:",
        "//",
        "beian.cac.gov.cn",
        "@",
        "\\",
        "#",
        "?code=",
        "[",
        "]",
        ":",
        "xn--",
        "ｂ",
        "\ud800",
        "%",
        "\x00",
        ".",
        "／",
    ]
)


@given(st.text() | st.lists(PIECES, max_size=9).map("".join), st.sampled_from(NumberKind), st.text(max_size=20))
def test_any_text_has_a_target(href: str, kind: NumberKind, site: str) -> None:
    assert isinstance(target(href, kind, href, site), Target)
    assert target(href, kind, None, SITE) not in (Target.BROKEN, Target.NONE)
    code_in(href)


@given(st.from_regex(r"[a-z0-9-]{1,20}\.(com|net|cn|com\.cn)", fullmatch=True))
def test_no_stranger_is_official(host: str) -> None:
    found = {target(f"https://{host}/beian.cac.gov.cn", kind, None, SITE) for kind in NumberKind}
    assert found <= {Target.THIRD_PARTY, Target.LOOKALIKE, Target.OWN, Target.DEAD}


def test_hostile_lengths_take_no_time() -> None:
    started = time.perf_counter()
    for href in (
        "https://" + "a." * 500_000,
        "https://" + "é" * 200_000,
        "#" * 1_000_000,
        "https://x.cn/?" + "code=" * 200_000,
    ):
        target(href, P, None, SITE)
        code_in(href)
    assert time.perf_counter() - started < 5
