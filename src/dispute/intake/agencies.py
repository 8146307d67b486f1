"""News agencies that a text may name as those who wrote it first."""

import re

AGENCIES = {
    "AFP": r"AFP|Agence France-Presse",
    "Reuters": r"Reuters",
    "Associated Press": r"AP|Associated Press",
    "Xinhua": r"Xinhua",
    "dpa": r"dpa|Deutsche Presse-Agentur",
    "ANSA": r"ANSA",
    "EFE": r"EFE",
    "PANA": r"PANA|Panapress",
    "Kyodo": r"Kyodo( News)?",
    "Anadolu": r"Anadolu( Agency)?|AA",
    "TASS": r"TASS",
    "Bloomberg": r"Bloomberg",
}


def named(text: str) -> str:
    """The agency in brackets of a dateline, or alone on a line at the end; empty where none is."""
    beginning, end = text[:600], text[-200:]
    for agency, words in AGENCIES.items():
        dateline = rf"\((?:{words})\)\s*[-–—:]"
        alone = rf"(?m)^[-–—(\s]*(?:{words})[)\s.]*$"
        if re.search(dateline, beginning) or re.search(alone, end):
            return agency
    return ""
