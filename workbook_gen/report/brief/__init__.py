"""The brief for the session with one system's executive, as HTML that prints and as PowerPoint, and the timetable."""
