"""The commands: each a short story of calls; no rules, no logic. Results on stdout, progress and errors on stderr."""
