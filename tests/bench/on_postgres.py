"""Serve the demonstration on the PostgreSQL database that is named: `URL DATA_DIR PORT [LOG_LEVEL]`."""

import sys
from pathlib import Path

from infra import logs
from infra.running import Form, run
from infra.settings import Settings

if __name__ == "__main__":
    url, data, port, *level = sys.argv[1:]
    logs.set_up(*level or ["warning"], pretty=False)
    run(Settings(data_dir=Path(data), database_url=url), Form("127.0.0.1", int(port), demo=True))
