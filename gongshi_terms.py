"""What every command shares: exit codes, options, and how it speaks to its user."""

import contextlib
import ipaddress
import os
import re
from collections.abc import Callable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

import reports
from auditor.model import Text
from crawler.store import StoreError
from seeds.model import ModelSource, ServiceKind

if TYPE_CHECKING:
    from crawler.doctor import Said


F = TypeVar("F", bound=Callable[..., Any])


class Exit(IntEnum):
    """What the exit codes mean."""

    CLEAN = 0  # nothing at or above --fail-on
    FOUND = 1  # something is
    USAGE = 2  # the call is wrong; nothing was written
    UNREACHED = 3  # no site could be reached
    PARTLY = 4  # some could not, and nothing else failed
    MACHINE = 5  # this machine stopped it: disk, folder, browser
    INTERRUPTED = 130


def language(choice: str | None) -> str:
    """The language of what is said: chosen, else the environment's (zh or en)."""
    where = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return choice or ("zh" if where.lower().startswith("zh") else "en")


def said(zh: str, en: str) -> str:
    """The sentence in the language of the call, without control characters."""
    from reports.safe import clean

    context = click.get_current_context(silent=True)
    spoken = context.find_root().obj if context else None
    return clean(zh if (spoken or language(None)) == "zh" else en, 4000)


def say(zh: str, en: str) -> None:
    """A message on standard error."""
    click.echo(said(zh, en), err=True)


class Stop(click.ClickException):
    """An end with one clear sentence and an exit code."""

    def __init__(self, code: Exit, zh: str, en: str) -> None:
        super().__init__(said(f"错误：{zh}", f"Error: {en}"))
        self.code = code

    def show(self, file: Any = None) -> None:
        """Print the sentence."""
        click.echo(self.message, err=True)


def example(*lines: str) -> str:
    """The end of a help page."""
    return "\b\nExample / 示例:\n  " + "\n  ".join(lines)


@contextlib.contextmanager
def mistakes() -> Iterator[None]:
    """Turn what a user can mend into one sentence and the right exit code."""
    from auditor.policy import PolicyError
    from auditor.registry import RegisterError
    from seeds.addresses import SeedError
    from seeds.readers import ListError

    try:
        yield
    except SeedError as error:
        raise Stop(Exit.USAGE, error.zh, error.en) from error
    except (RegisterError, reports.UnavailableError) as error:
        raise Stop(Exit.USAGE, error.text.zh, error.text.en) from error
    except ListError as error:
        for row in error.rows:
            say(f"{row.file}:{row.line}: {row.zh}", f"{row.file}:{row.line}: {row.en}")
        raise Stop(Exit.USAGE, "名单有误，未访问任何网站。", "the list has bad rows; nothing was visited.") from error
    except PolicyError as error:
        raise Stop(Exit.USAGE, str(error), str(error)) from error
    except StoreError as error:
        raise Stop(Exit.USAGE, error.zh, error.en) from error
    except FileNotFoundError as error:
        raise Stop(Exit.USAGE, f"没有这个文件：{error.filename}", f"no such file: {error.filename}") from error
    except OSError as error:
        what = ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)
        raise Stop(Exit.MACHINE, f"本机写入或读取失败：{what}", f"this machine cannot read or write: {what}") from error


def options(*decorators: Callable[[F], F]) -> Callable[[F], F]:
    """Several options as one decorator."""

    def apply(function: F) -> F:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return apply


def _networks(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> tuple[Any, ...]:
    try:
        return tuple(ipaddress.ip_network(value, strict=False) for value in values)
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


class Place(click.Path):
    """A path, or the address of a store, which no path is made of."""

    def convert(self, value: Any, param: click.Parameter | None, context: click.Context | None) -> Any:
        """Check a path; an address is looked at when it is used."""
        return value if is_address(str(value)) else super().convert(value, param, context)


def is_address(run: str) -> bool:
    """Whether a run is named by the address of a store.

    >>> is_address("s3://bucket/run"), is_address("runs/2026-11"), is_address("C:/runs")
    (True, False, False)
    """
    return bool(_ADDRESS.match(run))


judging = options(
    click.option(
        "--registry", type=click.Path(path_type=Path, dir_okay=False), help="Official lists to check against."
    ),
    click.option(
        "--policy", type=click.Path(path_type=Path, dir_okay=False), help="TOML file that overrides the policy."
    ),
)


declaring = options(
    click.option("--service", type=click.Choice([k.value for k in ServiceKind]), help="Declare the kind of service."),
    click.option("--model", type=click.Choice([m.value for m in ModelSource]), help="Declare whose model is used."),
    click.option("--operator", help="Declare the operator's legal name."),
)


visiting = options(
    click.option("--allow-private", is_flag=True, help="Permit loopback and private addresses."),
    click.option("--allow-network", multiple=True, metavar="CIDR", callback=_networks, help="Permit this range only."),
    click.option("--no-mobile", is_flag=True, help="Look at desktop size only."),
    click.option("--contact", default="", metavar="ADDRESS", help="Who asks: stands in the user agent."),
    click.option(
        "--evidence",
        type=click.Choice(["pictures", "archive"]),
        default="pictures",
        show_default=True,
        help="Keep pictures and layout, or also a replayable archive (WACZ) of every exchange.",
    ),
    click.option(
        "--confirm", is_flag=True, help="Visit sites with violations twice; what does not repeat is in doubt."
    ),
    click.option("--auditor", envvar="GONGSHI_AUDITOR", metavar="NAME", help="Who audits; stands in the record."),
    click.option("--location", envvar="GONGSHI_LOCATION", metavar="TEXT", help="From where; stands in the record."),
    click.option("--ignore-robots", is_flag=True, help="Visit although robots.txt says no; recorded in the evidence."),
    click.option(
        "--render",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Which pages a browser sees: those to be judged, all, none.",
    ),
    click.option("--timeout", type=click.FloatRange(5, 600), default=90.0, show_default=True, help="Seconds a page."),
)


sealing = options(
    click.option("--sign", type=click.Path(path_type=Path), metavar="KEY", help="Sign the run: Ed25519 private key."),
    click.option("--timestamp", metavar="URL", help="Have the run time-stamped (RFC 3161)."),
    click.option(
        "--tsa-ca",
        type=click.Path(path_type=Path),
        envvar="GONGSHI_TSA_CA",
        metavar="FILE",
        help="Roots (PEM) that the time-stamping authority must lead to.",
    ),
)


opening = options(
    click.option("--header", "headers", multiple=True, metavar="NAME:VALUE", help="Send this header to the site."),
    click.option("--cookie", "cookies", multiple=True, metavar="NAME=VALUE", help="Send this cookie to the site."),
    click.option("--http-auth", envvar="GONGSHI_HTTP_AUTH", metavar="USER:PASSWORD", help="Password of the site."),
    click.option(
        "--storage-state",
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help="Cookies and storage of a logged-in browser, as Playwright saves them.",
    ),
)


failing = click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "review", "never"]),
    default="violation",
    show_default=True,
    help="From which verdict on the exit code is 1.",
)


def lang_option(function: F) -> F:
    """`--lang` on a command itself, as in `gongshi audit --lang zh`."""

    def choose(context: click.Context, _: click.Parameter, value: str | None) -> None:
        if value:
            context.find_root().obj = value

    return click.option(
        "--lang", type=click.Choice(["zh", "en"]), callback=choose, expose_value=False, is_eager=True, help="Language."
    )(function)


def chosen() -> str:
    """The language of this call."""
    return str(click.get_current_context().find_root().obj)


registry_place = click.option(
    "--registry",
    "place",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Register file (default: the user's own).",
)


def row(*cells: str) -> str:
    """A line of cells, made safe for a terminal and parted by tabs."""
    from reports.safe import clean

    return "\t".join(clean(cell, 300) for cell in cells)


def pick(text: "Text | Said") -> str:
    """The sentence in the language of the call."""
    return text.zh if chosen() == "zh" else text.en
