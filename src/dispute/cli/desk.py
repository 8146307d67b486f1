"""`dispute desk`: code articles in the browser; settle what coders left, there or on paper."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dispute.cli._options import expect_beside
from dispute.cli._telling import tell

if TYPE_CHECKING:
    from dispute.desk.server import Place

Verb = Callable[..., Any]
PORT = click.IntRange(1, 65535)


def served(verb: Verb) -> Verb:
    """The options that say where a desk is served."""
    for option in (
        click.option(
            "--host", metavar="NAME", multiple=True, help="The name by which a proxy asks."
        ),
        click.option(
            "--base-url", metavar="PATH", default="/", help="What a proxy puts before desk/."
        ),
        click.option(
            "--ip", metavar="IP", default="127.0.0.1", help="Where to listen; else loopback."
        ),
        click.option("--port", metavar="N", type=PORT, default=8890, show_default=True),
    ):
        verb = option(verb)
    return verb


@click.command()
@click.argument("case_dir", metavar="[CASE]", default="data/raw")
@click.option("--coder", metavar="NAME", help="Whose desk it is; a new one is made.")
@click.option("--no-browser", is_flag=True, help="Open no browser; the address is printed.")
@click.option("--adjudicate", is_flag=True, help="Settle the passes, and keep the codebook.")
@click.option("--sheet", metavar="FILE", help="Of --adjudicate: write what is undecided.")
@click.option("--take", metavar="FILE", help="Of --adjudicate: take a filled sheet.")
@click.option("--proposals", is_flag=True, help="Show what machines propose; else it is blind.")
@served
def desk(
    case_dir: str,
    coder: str | None,
    port: int,
    no_browser: bool,
    adjudicate: bool,
    sheet: str | None,
    take: str | None,
    proposals: bool,
    ip: str,
    base_url: str,
    host: tuple[str, ...],
) -> int:
    """Code articles in the browser: a desk for one coder.

    CASE is data/raw where nothing else is named. The page is served to this machine alone, to whom
    has the printed address. What is saved stands in the coder's folder; Ctrl-C closes the desk.

    --adjudicate pairs the passes and decides where they differ: in the browser, or on paper with
    --sheet or --take beside it. Units of two passes are one passage where they overlap; what the
    passes agree on follows by rule. The sheet has a row for each field on which they differ, and
    for each unit that not all of them marked: fill in `take` (a pass, `neither` or `own`) and
    `reason`. A sheet with a fault is refused whole.
    """
    if sheet is not None or take is not None:
        return _on_paper(case_dir, adjudicate, sheet, take)
    if coder is None:
        raise click.UsageError("Missing option '--coder'.")
    from dispute.desk.room import Desk
    from dispute.desk.seating import seat
    from dispute.desk.server import Place, make_server
    from helpers.case.folder import locate

    place = Place(ip, port, base_url, host)
    folder = locate(case_dir)
    expect_free(place)
    tell(*seat(folder, coder, adjudicate))
    room = Desk(folder, coder, adjudicate, proposals)
    try:
        server = make_server(room, place, not no_browser)
        address = place.address(server.identity_provider.token)
        # It listens when its loop runs: the address is told when it can be opened.
        server.io_loop.add_callback(_tell_address, coder, address)
        server.start()
    finally:
        room.close()
    return 0


def _on_paper(case_dir: str, adjudicate: bool, sheet: str | None, taken: str | None) -> int:
    from dispute.cli import _paper

    option = "--take" if sheet is None else "--sheet"
    expect_beside(option, "--adjudicate")
    if not adjudicate:
        raise click.UsageError(f"{option} is for a desk with --adjudicate")
    if sheet is None:
        _paper.take(case_dir, Path(taken or ""))
    else:
        _paper.write(case_dir, Path(sheet))
    return 0


def _tell_address(coder: str, address: str) -> None:
    tell(f"the desk of {coder}: {address}")
    tell("Ctrl-C closes it")
    sys.stdout.flush()


def expect_free(place: "Place") -> None:
    """Raise ValueError where nobody can listen at a place."""
    import socket

    try:
        family = socket.AF_INET6 if ":" in place.ip else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind((place.ip, place.port))
    except OSError as error:
        found = f"{place.ip}, port {place.port}: {error.strerror}"
        raise ValueError(f"{found}; expected one that is free, as by --port") from None
