"""The tables behind the numbers of README, front page and brief, from the case alone.

They are made here by the helpers' functions, not by the notebooks, and no processed table is read.
"""

import pandas as pd

from helpers.analysis import (
    actor_names,
    agreement,
    chronology,
    disagreements,
    discussion,
    edges,
    evidence,
    finding_basis,
    finding_tables,
    findings,
    happenings,
    networks,
    plain_counts,
    sentences,
    stances,
    structure,
)
from helpers.case.load import coded, described, span
from helpers.case.schema import CODED, columns
from helpers.case.tables import read_tables, tables_of, write_table


def recomputed(case, coder, given, folder):
    """The tables by their names; `given`: the parameters of each notebook. `folder`: to write in.

    Those behind no number are empty.
    """
    of_networks, of_stances = given["2_actor_network"], given["4_stance_tables"]
    tables = {name: pd.DataFrame(columns=columns(name)) for name in tables_of(case)}
    tables |= {"articles": described(case), "issues": case.issues, "actors": case.actors}
    tables |= {unit.table: coded(case, unit.table) for unit in CODED.values()}
    tables |= _of_networks(case, coder, of_networks) | _of_events(case, coder)
    counted = networks.deduplicate(coded(case, "statements", coder), of_stances["duplicates"])
    tables["stance_table"] = stances.stance_table(
        counted, case.stances, of_stances["min_statements"]
    )
    tables["disputed_facts"] = stances.disputed_facts(
        counted, case.stances, case.issues, case.camps()
    )
    tables["agreement"] = _agreement(case, of_stances["draws"])
    tables |= _of_findings(case, coder, given["5_robustness"]["draws"])
    counts = plain_counts.plain_counts(tables, coder)
    tables["findings"] = pd.concat([tables["findings"], counts])
    for name, table in tables.items():
        write_table(table, name, folder)
    return read_tables(folder)


def _of_networks(case, coder, given):
    statements = coded(case, "statements", coder)
    statements = networks.deduplicate(statements, given["duplicates"], given["measure_by"])
    how = (given["normalisation"], given["threshold"], given["measure_by"])
    ties, tie_words = edges.relation_edges(coded(case, "relations", coder))
    agree, agree_issues = edges.discourse_edges(statements, case.stances, "congruence", *how)
    differ, differ_issues = edges.discourse_edges(statements, case.stances, "conflict", *how)
    belong, belong_words = edges.affiliation_edges(case.affiliations, span(case, "all"))
    mentions = actor_names.named(case.texts, case.furniture, case.aliases, case.actors)
    together, together_words = edges.co_mention_edges(mentions)
    every = pd.concat([ties, agree, differ, belong, together])
    groups = structure.communities(agree)
    relations = coded(case, "relations", coder)
    return {
        "edges": every,
        "edge_issues": pd.concat([agree_issues, differ_issues]),
        "edge_evidence": pd.concat([tie_words, belong_words, together_words]),
        "cells": evidence.cells(statements, given["measure_by"]),
        "nodes": edges.nodes(case.actors, statements, relations, every, groups),
    }


def _of_events(case, coder):
    accounts = chronology.accounts(coded(case, "event_mentions", coder), case.articles)
    events = chronology.events(accounts)
    same = happenings.same(case)
    return {
        "accounts": accounts,
        "events": events,
        "disagreements": disagreements.disagreements(accounts, case.names()),
        "chronology": chronology.chronology(events, accounts, case.context_events, same),
    }


def _agreement(case, draws):
    passes, on = case.passes(), agreement.ground(case)
    parts = []
    for unit, kind in CODED.items():
        rows = {one: coded(case, kind.table, one) for one in passes}
        parts.append(agreement.agreement(rows, unit, case.stances, draws, on=on))
    return pd.concat(parts, ignore_index=True)


def _of_findings(case, coder, draws):
    basis = finding_basis.basis(case, coder, "all")
    found = findings.findings(basis, draws)
    tables = finding_tables.tables(found, basis, draws)
    tables["sentences"] = sentences.table(case, found, basis)
    tables["questions"] = discussion.table(case, found, basis)
    return tables
