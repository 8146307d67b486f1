"""A verb in a process of its own, without the second that imports take.

One process imports the program, then forks for each call: what a call does to its memory, to its
folder and to itself ends with it.
"""

import json
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

# Two gigabytes of memory and half a minute of work, whatever else the machine does.
SERVER = """
import json, os, resource, sys
import pandas, yaml
import dispute.run.size, dispute.exchange.dna, helpers.case.load
import helpers.analysis.actor_names, helpers.analysis.happenings
from dispute.cli import main

def call(words, folder, said, told):
    resource.setrlimit(resource.RLIMIT_AS, (2_000_000_000, 2_000_000_000))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
    os.chdir(folder)
    for number, path in ((0, os.devnull), (1, said), (2, told)):
        os.dup2(os.open(path, os.O_RDWR), number)
    sys.exit(main(words))

answers = os.fdopen(os.dup(1), "w")
while line := sys.stdin.readline():
    child = os.fork()
    if not child:
        call(*json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)
"""


@cache
def _server() -> subprocess.Popen:
    """The process that forks; it ends when its input does, with this one."""
    command = [sys.executable, "-c", SERVER]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)


def called(words: list[str], folder: Path) -> subprocess.CompletedProcess:
    """Run a verb in a folder; its status and what it said."""
    server = _server()
    with tempfile.NamedTemporaryFile() as said, tempfile.NamedTemporaryFile() as told:
        print(json.dumps([words, str(folder), said.name, told.name]), file=server.stdin, flush=True)
        status = int(server.stdout.readline())
        texts = [file.read().decode("utf-8", "surrogateescape") for file in (said, told)]
    return subprocess.CompletedProcess(words, status, *texts)
