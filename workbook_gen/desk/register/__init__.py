"""The register: what was issued, what came back and what was found in it, in tables that an auditor can read."""
