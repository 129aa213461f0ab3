"""The central team's work on many returns: received, compared, queried, fed back."""
