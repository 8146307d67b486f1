"""Proposals in news as it is written: wire, court report, column, bulletin; English and Swahili.

Each text stands with who is to be proposed for which words. They were written for these tests.
"""

import pytest
from proposed import said

# article, languages, text, and for each passage: the speaker, words it holds, its day
NEWS = {
    "wire": (
        "en",
        """TARINA, May 14 (Agency) - The Tarina Salt Company on Thursday rejected demands to close \
its salt works, a day after residents marched through the town.

"The works is safe, and it will stay open," Managing Director John Otto told reporters.

Otto said the company's licence was lawful and that it would run until 2030.

The Green Shore Alliance, which organised the march, accused the company of spoiling the wells.

"We will not drink salt," said its chairwoman, Amina Sefu. "Close it now."

The works employs 340 people.""",
        [
            ("john-otto", "on Thursday rejected demands", "2021-05-13"),
            ("john-otto", "it will stay open", "2021-05-13"),
            ("john-otto", "licence was lawful", "2021-05-13"),
            ("green-shore amina-sefu", "accused the company", ""),
            ("amina-sefu", "We will not drink salt", ""),
            ("amina-sefu", "Close it now", ""),
        ],
    ),
    "court": (
        "en",
        """The High Court has ordered the salt company to hand over its licence within two weeks.

Ruling on Monday, the court said that families whose wells had turned salty were entitled to see \
the papers.

Lucy Ward, counsel for Tarina Salt Company, opposed the application. She argued that the licence \
was a private contract.

"There is nothing unlawful in this licence, and nothing to see," she told the court.

Grace Mwita, a witness for the families, testified that her well had been spoiled since the works \
opened.

The hearing continues.""",
        [
            ("high-court", "has ordered the salt company", "2021-05-10"),
            ("high-court", "entitled to see", "2021-05-10"),
            ("lucy-ward", "opposed the application", ""),
            ("lucy-ward", "nothing unlawful", ""),
            ("grace-mwita", "her well had been spoiled", ""),
        ],
    ),
    "column": (
        "en",
        """I have never met a lobbyist for salt that I did not like. This week brought a new one.

Environment Minister Peter Lund insists the works should not be closed. He has said so for years. \
"Salt is bread here," he likes to say, and his listeners nod.

Amina Sefu does not nod. The Green Shore chairwoman wants the works shut by June, and she wants \
families who lost their wells to be paid.

According to the council, nothing is decided.""",
        [
            ("peter-lund", "should not be closed", ""),
            ("amina-sefu", "wants the works shut", ""),
            ("amina-sefu", "families who lost their wells", ""),
            ("council", "nothing is decided", ""),
        ],
    ),
    "bulletin": (
        "en",
        """Good evening. The environment minister, Peter Lund, has ruled out closing the Tarina \
salt works. Speaking in parliament this afternoon, Mr Lund said the wells were safe. But the \
chairwoman of the Green Shore Alliance, Amina Sefu, dismissed his words as a fairy tale. She \
called on the government to test the water. Residents have backed her call.

In other news, the ferry is late.""",
        [
            ("peter-lund", "ruled out closing", "2021-05-14"),
            ("peter-lund", "wells were safe", "2021-05-14"),
            ("amina-sefu", "dismissed his words", ""),
            ("amina-sefu", "called on the government", ""),
            ("residents", "have backed her call", ""),
        ],
    ),
    "letter": (
        "en",
        """Tarina Council will not renew the lease of the salt works, it said in a letter seen by \
this paper.

The council wrote on May 11 that "the wells of Tarina are no longer fit to drink from".

Asked about the letter, Mr Otto called it "a scandal" and said the company would sue.

"They gave us their word," Otto said, adding that the licence had been granted lawfully.

Fishermen, by contrast, welcomed the news.""",
        [
            ("council", "it said in a letter", "2021-05-11"),
            ("council", "no longer fit to drink", "2021-05-11"),
            ("john-otto", "would sue", ""),
            ("john-otto", "granted lawfully", ""),
            ("fishermen", "welcomed the news", ""),
        ],
    ),
    "two sides": (
        "en",
        """While the minister defended the licence, Green Shore's lawyer, Jane Doe, called it \
unlawful.

"This paper is worth nothing," Doe said on Tuesday.

Her view was rejected by the Tarina Salt Company.

Lund, who grew up in Tarina, admitted that some wells had been spoiled, but denied that families \
should be paid compensation.

A spokesman for the council declined to comment.""",
        [
            ("peter-lund", "defended the licence", ""),
            ("", "This paper is worth nothing", "2021-05-11"),
            ("tarina-salt", "was rejected by", ""),
            ("peter-lund", "some wells had been spoiled", ""),
            ("peter-lund", "denied that families", ""),
        ],
    ),
    "habari": (
        "sw",
        """Wakazi wa Tarina wameandamana Jumatano wakitaka kiwanda cha chumvi kifungwe.

Mwenyekiti wa Green Shore Alliance, Amina Sefu, alisema kuwa maji ya visima yameharibika.

“Hatuwezi kunywa maji ya chumvi. Kiwanda kifungwe,” alisema Bi Sefu.

Hata hivyo, Waziri Peter Lund amepinga wito huo akisema leseni ilitolewa kisheria.

Aliongeza kuwa familia zilizopoteza visima zitalipwa fidia.""",
        [
            ("residents", "wakitaka kiwanda", "2021-05-12"),
            ("amina-sefu", "maji ya visima yameharibika", ""),
            ("amina-sefu", "Hatuwezi kunywa maji", ""),
            ("amina-sefu", "Kiwanda kifungwe", ""),
            ("peter-lund", "amepinga wito huo", ""),
            ("peter-lund", "leseni ilitolewa kisheria", ""),
            ("peter-lund", "zitalipwa fidia", ""),
        ],
    ),
    "mahakama": (
        "sw",
        """Mahakama imeamuru kampuni ya Tarina Salt Company itoe leseni yake.

Wakili wa kampuni hiyo, Lucy Ward, aliiambia mahakama kuwa leseni ni halali.

Kwa mujibu wa Grace Mwita, visima vyao viliharibika mwaka 2015.

“Tunataka fidia kwa familia zetu zilizopoteza visima,” Mwita alisema Jumatatu.""",
        [
            ("high-court", "imeamuru kampuni", ""),
            ("lucy-ward", "leseni ni halali", ""),
            ("grace-mwita", "viliharibika", "2021-05-10"),
            ("grace-mwita", "Tunataka fidia", "2021-05-10"),
        ],
    ),
    "mixed": (
        "en;sw",
        """Amina Sefu addressed a rally in Tarina on Sunday, May 9.

"Kiwanda hiki kifungwe. Tumechoka na maji ya chumvi," Sefu said.

She further claimed that the licence had not been granted lawfully.

"Show us the permit. Tuonyesheni leseni," she added, to cheers from fishermen.""",
        [
            ("amina-sefu", "Kiwanda hiki kifungwe", "2021-05-09"),
            ("amina-sefu", "not been granted lawfully", "2021-05-09"),
            ("amina-sefu", "Show us the permit", "2021-05-09"),
        ],
    ),
    "long quotation": (
        "en",
        """Peter Lund spoke for an hour in Tarina Hall on Saturday.

“We have tested the wells. We have tested them twice.

“The water is good, and whoever says that the works has spoiled it does not tell the truth.

“So the works will not be closed,” the minister said.

Amina Sefu, listening at the back, shook her head.""",
        [
            ("peter-lund", "tested the wells", "2021-05-08"),
            ("peter-lund", "The water is good", "2021-05-08"),
            ("peter-lund", "will not be closed", "2021-05-08"),
        ],
    ),
    "headline only": ("en", "Lund: Works Will Stay\n\nSefu demands closure of works", []),
    "table of numbers": (
        "en",
        """The works made 12,000 tonnes of salt. It rained on 40 days. Wages rose by three per \
cent, and the price of salt fell.""",
        [],
    ),
}


@pytest.mark.parametrize("name", NEWS)
def test_news_of_this_kind(name):
    languages, text, expected = NEWS[name]
    rows = said(text, article=name, languages=languages)
    for speakers, words, day in expected:
        holding = [row for row in rows if words in row["quote"]]
        assert holding, (words, [row["quote"] for row in rows])
        assert holding[0]["speaker"] in (speakers.split() or [""]), holding[0]["why"]
        assert holding[0]["date_edtf"] == day, (words, holding[0]["date_note"])
    wanted = [words for _, words, _ in expected]
    assert [row["quote"] for row in rows if not _holds_any(row["quote"], wanted)] == []


def _holds_any(quote, wanted):
    return any(words in quote for words in wanted)
