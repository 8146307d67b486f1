"""Proposals: what rules or a model suggest that a coder might mark. They are never codes.

`proposing` by rules, or by a model at an endpoint that speaks the OpenAI chat API; the verb is
`dispute propose`, the page docs/proposals.md.

- `files`: the folder of a proposer, `proposals/<proposer>/`, written whole
- `by_rules`: what `helpers.proposing` says, as proposals
- `by_endpoint`: what a model says, as proposals; it calls those below
- `calls`: what one call asks, may send, and costs; what a dry run tells
- `asking`: many questions at once, with patience, within a `budget`; answers are `kept`
- `client`: one request, through the package `openai`; `transport`: the line below it
- `rows`: answers as rows with their place in the text, each once, by `answers` (their form) and
  `checks` (what they say)
- `prompts`: what is sent, from templates; `forms`: the schema of an answer; `parts`: of a long
  article
- `reading`: the case and the articles that are asked for; `progress`: how far it is
- `endpoints`: the settings; `addresses`: whether one leads to this machine alone
"""
