"""The scaled form on one machine: PostgreSQL, Redis, nginx, web processes and workers, begun and ended together."""
