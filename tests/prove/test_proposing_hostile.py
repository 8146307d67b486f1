"""Proposals for texts made to be slow: four times the text takes about four times the time."""

import time

import pytest
from proposed import READER

# Each is read once, and once four times over.
HOSTILE = {
    "one word": "a" * 25_000,
    "capitals": "Aa " * 2_000,
    "quotation marks": '"' * 2_500,
    "quotation marks apart": '" a ' * 2_500,
    "opening marks": "“ a b c d " * 1_000,
    "single marks": " 'a b c d'" * 1_000,
    "apostrophes": "'" * 2_500,
    "full stops": "." * 25_000,
    "stops and marks": '."' * 5_000,
    "said": "said " * 2_000,
    "she said": "She said the works must close. " * 100,
    "quoted she said": '"We must close the works," she said, ' * 100,
    "names": "Amina Sefu " * 1_000,
    "names said": "Amina Sefu said and " * 250,
    "but they said": "Amina Sefu said it, but Peter Lund rejected it, but " * 100,
    "offices": "the minister of the council of the director " * 200,
    "met": "Amina Sefu met in Tarina on Monday and " * 100,
    "blanks": "Amina Sefu said" + " " * 12_500 + "x." + "\n" * 5_000,
    "brackets": "Tarina Council (" * 1_000,
    "lines": "Amina Sefu said it.\n" * 125,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_more_text_takes_more_time_in_proportion(text):
    seconds = []
    for times in (4, 16):
        begun = time.process_time()
        READER.read("a", text * times, (), "2021-05-14", "en;sw")
        seconds.append(time.process_time() - begun)
    assert seconds[1] < 10 * seconds[0] + 0.2
