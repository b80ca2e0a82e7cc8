"""The console: its doors and its pages."""
