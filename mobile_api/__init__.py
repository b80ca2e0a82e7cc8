"""The phones' door: /v1 and the handset's socket."""
