"""What DNA knows of entities and documents goes through a case and back, whatever the words."""

import random

import pytest
from test_dna_elsewhere import case_of, described, known, sent

WORDS = ["", "a", "b: c", "article_id: lamp", "note: hm", "rights: all\n  of them", "kind: group"]
WORDS += ["\n", "\r\n", "=1+1", "🌊", "x" * 60, ";", "person", "group", "Ann Ölund", "language: en"]
WORDS += ["#123456", "  lead", "trail  ", "a\n\nb", "\tt", '"q"', "“”"]
LABELS = ["kind", "camp", "note", "about", "match", "proposition", "issue_kind", "Colour", "a\nb"]


def strange(seed):
    """A database with words at random in the variables of documents and in attributes."""
    dice = random.Random(seed)

    def words(most=3):
        return dice.choice(["", "\n"]).join(dice.choices(WORDS, k=dice.randrange(most)))

    db = described()
    change = "UPDATE DOCUMENTS SET Title = ?, Author = ?, Source = ?, Section = ?, Type = ?,"
    change += " Notes = ? WHERE ID = ?"
    for (number,) in db.execute("SELECT ID FROM DOCUMENTS").fetchall():
        db.execute(change, [*(words()[:190] for _ in range(5)), words(6), number])
    for number in range(12):
        variable, label = number % 3 + 1, dice.choice(LABELS)
        query = "SELECT 1 FROM ATTRIBUTEVARIABLES WHERE VariableId = ? AND AttributeVariable = ?"
        if db.execute(query, (variable, label)).fetchone():
            continue
        new = (100 + number, variable, label)
        db.execute("INSERT INTO ATTRIBUTEVARIABLES VALUES (?, ?, ?)", new)
        query = "SELECT ID FROM ENTITIES WHERE Value <> '' AND VariableId = ?"
        for (entity,) in db.execute(query, (variable,)).fetchall():
            row = (100 * entity + number, entity, 100 + number, words()[:190])
            db.execute("INSERT INTO ATTRIBUTEVALUES VALUES (?, ?, ?, ?)", row)
    return db


def said(db):
    """What is known, but for what nobody can see."""
    entities, documents, _ = known(db)
    for colour, attributes in entities.values():
        shown = {label: words for label, words in attributes.items() if words.strip()}
        attributes.clear()
        attributes.update(shown, colour=colour)
    cells = [str(cell) for row in documents for cell in row]
    return entities, [cell if cell.strip() else "" for cell in cells]


@pytest.mark.parametrize("seed", range(20))
def test_strange_words_go_through_a_case_and_back(tmp_path, seed):
    before = strange(seed)
    case, _ = case_of(before, tmp_path / "case")
    after, _ = sent(case, "zoe-q")
    assert said(after) == said(before)
    again, _ = case_of(after, tmp_path / "again")
    assert said(sent(again, "zoe-q")[0]) == said(before)
