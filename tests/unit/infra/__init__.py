"""Settings, logs and rounds."""
