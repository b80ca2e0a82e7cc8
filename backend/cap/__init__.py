"""The Common Alerting Protocol: our broadcasts as its documents, and other authorities' alerts as proposals."""
