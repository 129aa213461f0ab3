"""The national picture: consolidated tables, reports, briefs and exports."""
