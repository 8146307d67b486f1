"""Dates: EDTF values, and the time expressions of news articles resolved to them.

`edtf`: what a date is, which days it allows, in words; the one room that other packages need.
`edtf_bounds`: the shapes of ISO 8601-2 and the days that each allows; `edtf` asks it.
`lexicon`: time words and the shapes of expressions, from `lexicon.yaml`.
`scanner`, with `neighbours`, `measures` and `tense`: where a text speaks of time, and whether it
looks ahead.
`timex`, `numerals`: arithmetic on TIMEX3 values; the numbers, units and hours that words name.
`anchoring`: what a meaning is. After it, each the meanings of one kind: `calendar_days`, `months`,
`feasts`, `seasons`, `durations`, `deictics`, `hours`, `swahili`.
`capitals`, `links`, `recounting`: headlines; expressions that are one, as the ends of a range; a
paragraph that tells of a year long past.
`passes`, `choices`, `quotations`: an article read from one day; one date of the readings of
several days; words that another article dates.
`rows`, `resolve`: all of these put together for an article; what notebooks call.
"""
