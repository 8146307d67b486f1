"""`dispute desk`: code articles in the browser."""

import sys

import click

from dispute.cli._telling import tell


@click.command()
@click.argument("case_dir", metavar="[CASE]", default="data/raw")
@click.option("--coder", metavar="NAME", required=True, help="Whose desk it is; a new one is made.")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8890, show_default=True)
@click.option("--no-browser", is_flag=True, help="Open no browser; the address is printed.")
@click.option("--adjudicate", is_flag=True, help="Settle the passes, and keep the codebook.")
@click.option("--ip", metavar="IP", default="127.0.0.1", help="Where to listen; loopback, unless said.")
@click.option("--base-url", metavar="PATH", default="/", help="What stands before desk/, by a proxy.")
@click.option("--host", metavar="NAME", multiple=True, help="The name by which a proxy asks.")
def desk(
    case_dir: str,
    coder: str,
    port: int,
    no_browser: bool,
    adjudicate: bool,
    ip: str,
    base_url: str,
    host: tuple[str, ...],
) -> int:
    """Code articles in the browser: a desk for one coder.

    CASE is data/raw where nothing else is named. The page is served to this machine alone, to whom
    has the printed address. What is saved stands in the coder's folder; Ctrl-C closes the desk.
    """
    import secrets

    from dispute.desk.room import Desk
    from dispute.desk.server import Place, address_of, make_server
    from helpers.case.folder import locate

    room = Desk(locate(case_dir), coder, adjudicate)
    token = secrets.token_hex(24)
    server = make_server(room, Place(ip, port, base_url, host), token, not no_browser)
    tell(f"the desk of {coder}: {address_of(server, token)}", "Ctrl-C closes it")
    sys.stdout.flush()
    server.start()
    return 0
