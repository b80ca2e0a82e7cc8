"""The canary: presses every minute through the whole way, so that its silence tells before a person must find out."""
