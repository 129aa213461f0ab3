"""The systems, and the inputs, figures and totals that the manglings are done to; every system has them."""

from workbook_gen.definition.nodes import Key

SYSTEMS = ("QYG", "QHM", "QUE", "QOC", "QSL")
"""The largest, without an ambulance trust; one with 11 providers and one with six of every sector, each with an ambulance
trust; one with three, none of them for mental health; and the smallest, with one."""

NUMBER = Key("agency", "medical", "dec")
NEXT_NUMBER = Key("agency", "medical", "jan")
OTHER_NUMBER = Key("agency", "other", "dec")
FREE = Key("capacity", "virtual_ward_beds", "dec")
"""A number that no total reads, and no rule compares with another."""
LARGE = Key("flexibility", "mental_health", "committed")
NEGATIVE = Key("bridge", "strike_cost", "value")
PERCENT = Key("cancer", "fds", "nov")
DATE = Key("signoff", "chief_executive", "date")
CHOICE = Key("assurance", "icb_agrees", "answer")
NAME = Key("contact", "contact", "name")
WORDS = Key("agency", "total", "explanation")
FIGURE = Key("agency", "medical", "ytd")
TOTAL = Key("agency", "total", "fot")
LABELLED = Key("agency", "nursing", "nov")
REFERENCE = Key("bridge_chart", "plan", "end")
"""A total whose formula is a reference to one cell."""
