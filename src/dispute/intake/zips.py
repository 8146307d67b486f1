"""Archives (ZIP), opened within bounds: how much they hold, what their names may be."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from dispute.intake.drafts import RefusedError

# Files in an archive, bytes of one and of all as unpacked.
FILES, EACH, ALL = 5_000, 50_000_000, 200_000_000
# What the reader of archives says of a damaged one.
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
)


def opened(content: bytes) -> zipfile.ZipFile:
    """An archive whose names and sizes are sound.

    Raises RefusedError for one that is damaged or locked, whose names lead out of a folder, or that
    unpacks to too much. What it says of its sizes bounds what is read of it later.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        members = archive.infolist()
    except DAMAGED as error:
        raise RefusedError(f"an archive that cannot be read ({error})") from error
    if len(members) > FILES:
        raise RefusedError(f"an archive of more than {FILES} files")
    total = 0
    for member in members:
        total += member.file_size
        if member.file_size > EACH or total > ALL:
            raise RefusedError(f"an archive that unpacks to more than {ALL // 1_000_000} MB")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            # What is unpacked of another kind cannot be bounded before.
            raise RefusedError("an archive that is packed in another way; expected a plain ZIP")
        if member.flag_bits & 1:
            raise RefusedError("an archive that asks for a password")
        # zipfile itself has taken leading slashes and drives away: the name as it was written.
        name = getattr(member, "orig_filename", member.filename)
        for part in name.rstrip("/").split("/"):
            if part in ("", ".", "..") or "\\" in part or "\x00" in part:
                raise RefusedError(f"an archive with the name {name[:80]!r}, which leads out of it")
    return archive


def members_of(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The files of an archive by name, but what systems put beside them."""
    for member in sorted(archive.infolist(), key=lambda one: one.filename):
        last = member.filename.rpartition("/")[2]
        hidden = last.startswith(".") or member.filename.startswith("__MACOSX/")
        if not member.is_dir() and not hidden:
            yield member.filename, unpacked(archive, member.filename)


def unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a file of an archive; raises RefusedError where it is damaged."""
    try:
        return archive.read(name)
    except DAMAGED as error:
        raise RefusedError(f"an archive whose {name[:80]!r} is damaged") from error
