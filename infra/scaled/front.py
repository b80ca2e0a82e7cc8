"""nginx before the web processes of one machine, in the clear on one address."""

from collections.abc import Sequence
from pathlib import Path

from infra.scaled.child import Child
from infra.scaled.programs import program

#: What infra/deploy/nginx/bluelight.conf says in full, without TLS; and a web process that does not answer is passed
#: over for two seconds, its requests put to another. A request that may have been taken is never put twice by nginx:
#: phones do that, with the same key.
CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log warn;
worker_rlimit_nofile 16384;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    client_body_temp_path {folder}/bodies;
    proxy_temp_path {folder}/answers;
    fastcgi_temp_path {folder}/other;
    uwsgi_temp_path {folder}/other;
    scgi_temp_path {folder}/other;
    upstream bluelight {{
{servers}
        keepalive 32;
    }}
    map $http_upgrade $bluelight_connection {{
        default upgrade;
        "" "";
    }}
    server {{
        listen {address};
        client_max_body_size 2m;
        proxy_http_version 1.1;
        proxy_connect_timeout 2s;
        proxy_next_upstream error timeout;
        location ~* ^/(v1/concerns|concern) {{
            log_not_found off;
            error_log /dev/null crit;
            client_body_buffer_size 2m;
            client_body_in_file_only off;
            proxy_max_temp_file_size 0;
            proxy_pass_request_headers off;
            proxy_set_header Host localhost;
            proxy_set_header Connection "";
            proxy_set_header Content-Type $content_type;
            proxy_hide_header Set-Cookie;
            proxy_pass http://bluelight;
        }}
        location = /metrics {{
            return 404;
        }}
        location /socket.io/ {{
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Host $http_host;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection $bluelight_connection;
            proxy_read_timeout 75s;
            proxy_pass http://bluelight;
        }}
        location / {{
            proxy_set_header Host $http_host;
            proxy_set_header X-Forwarded-Proto $scheme;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header Connection "";
            proxy_pass http://bluelight;
        }}
    }}
}}
"""


class Front(Child):
    """One address for all web processes."""

    def __init__(self, folder: Path, address: str, ports: Sequence[int]) -> None:
        files = folder / "nginx"
        files.mkdir(parents=True, exist_ok=True)
        servers = "\n".join(f"        server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)
        configuration = files / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(folder=files, address=address, servers=servers))
        super().__init__("nginx", [program("nginx"), "-p", str(files), "-c", str(configuration)], folder)
