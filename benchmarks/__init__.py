"""What is measured, side by side in one run; `make bench` writes the figures to docs/PERFORMANCE.md."""
