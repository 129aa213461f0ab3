"""The words beside a line whose figures cannot be counted on, the weightiest first: the first that applies stands there."""

AS_TEXT = "As text"
NOT_WHOLE = "Not whole"
WRONG_SIGN = "Wrong sign"
UNDER_ONE = "Under 1%?"
