"""Proposals by rules: which passages of an article report speech or a stance, and who speaks.

Rules that one can read, no model: an article and a codebook in, two tables out. What comes out are
proposals for a coder and never codes; each says why it was made.

- `lexicon`: the verbs and words of `lexicon.yaml`; `stems`, by `senses.yaml`: words that are alike
- `page`: the words, quotations and sentences of a text
- `names`, `mentions`: where actors are named, described, or meant by a pronoun
- `cues`, `according`: verbs of saying and of taking sides, each with its subject (`subjects`,
  `behind`); `reports`: whether they report something
- `book`: what the `codebook` says of its actors; `speakers`: whom a mention means; `behalf`: for
  whom somebody speaks; `bodies`: a person who takes over what the lead gives a body
- `utterances`: the sentences that report speech; `authors`: those of a column's own author;
  `labels`: turns of a transcript; `issues`: what they may be on
- `clauses`, `units`: their parts, and those that are one passage; `together`: two who say the same;
  `twice`: what is told again; `within`, `acts`: what is told inside the words of another, or only
  named
- `stances`: which side; `happenings`: events; `saying_dates`, `frames`: when it was said;
  `occasions`: what a date covers
- `learned`: issues ranked by what was coded before, where that is better
- `reader`: all of these put together; `cells`: what comes out, as rows
"""

from helpers.proposing.reader import VERSION, Proposed, Reader, Rules, propose

__all__ = ["VERSION", "Proposed", "Reader", "Rules", "propose"]
