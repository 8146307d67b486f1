"""Stances: who stood where on what, when it changed, and where one voice stands on both sides."""
import pandas as pd

TABLE = ["actor_id", "capacity", "issue", "period", "n", "mean_stance", "n_for", "n_against", "n_neutral", "share_for", "share_against", "statement_ids"]
CHANGES = ["actor_id", "capacity", "issue", "from_stance", "to_stance", "from_date_edtf", "to_date_edtf", "from_statement", "to_statement"]
CONTRADICTIONS = ["actor_id", "capacity", "issue", "period", "statement_for", "statement_against"]
VOICE = ["actor_id", "capacity", "issue"]


def voices(statements):
    """Statements by the actor whose stance they show: once for the speaker, once more for whom a spokesman speaks.

    Adds `actor_id` and `capacity` (`speaker` or `represented`), so that own words and words said for one are kept apart.
    """
    own = statements.assign(actor_id=statements.speaker, capacity="speaker")
    lent = statements[statements.on_behalf_of != ""]
    return pd.concat([own, lent.assign(actor_id=lent.on_behalf_of, capacity="represented")], ignore_index=True)


def stance_table(statements, stances):
    """Actor by issue by period: n, mean stance, shares for and against with their n, and the statements behind the row."""
    sides = dict(zip(stances.stance, stances.side))
    rows = []
    for key, group in voices(statements).groupby([*VOICE, "period"], sort=True):
        counts = group.stance.map(sides).value_counts()
        n, n_for, n_against = len(group), int(counts.get("for", 0)), int(counts.get("against", 0))
        rows.append((*key, n, float(group.stance.mean()), n_for, n_against, int(counts.get("neutral", 0)), n_for / n, n_against / n, ";".join(sorted(group.statement_id))))
    return pd.DataFrame(rows, columns=TABLE)


def position_changes(statements):
    """The same actor on the same issue, later with a stance not shown before: one row for each new stance.

    Statements of one date form a moment; a moment is compared with the one before it, and only where the two do not overlap.
    Undated statements are left out.
    """
    rows = []
    dated = voices(statements[statements.date_edtf != ""]).sort_values(["earliest", "latest", "article_id", "start", "statement_id"])
    for key, group in dated.groupby(VOICE, sort=True):
        moments = [moment for _, moment in group.groupby(["earliest", "latest"], sort=True)]
        for before, after in zip(moments, moments[1:]):
            if not before.latest.iloc[0] < after.earliest.iloc[0]:
                continue
            old = before.iloc[-1]
            for stance, fresh in after[~after.stance.isin(before.stance)].groupby("stance", sort=True):
                new = fresh.iloc[0]
                rows.append((*key, int(old.stance), int(stance), old.date_edtf, new.date_edtf, old.statement_id, new.statement_id))
    return pd.DataFrame(rows, columns=CHANGES)


def contradictions(statements, stances):
    """The same actor in the same period both for and against the same issue: every pair of such statements."""
    sides = dict(zip(stances.stance, stances.side))
    sided = voices(statements).assign(side=lambda frame: frame.stance.map(sides))[[*VOICE, "period", "side", "statement_id"]]
    keys = [*VOICE, "period"]
    pairs = sided[sided.side == "for"].merge(sided[sided.side == "against"], on=keys, suffixes=("_for", "_against"))
    pairs = pairs.rename(columns={"statement_id_for": "statement_for", "statement_id_against": "statement_against"})
    return pairs[CONTRADICTIONS].sort_values(CONTRADICTIONS, ignore_index=True)
