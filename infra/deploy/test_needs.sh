#!/bin/sh
# Are the servers, the browser and the push service here that the tests drive? Found: nothing is said. Missing: installed
# on a CI machine, and elsewhere one line tells what to type, because a test run must not change a person's machine unasked.
set -eu

missing=""
lacks() { missing="$missing $1"; }

# Debian keeps PostgreSQL's server programs off the PATH.
postgres_is_here() {
    command -v initdb >/dev/null 2>&1 && return 0
    for initdb in /usr/lib/postgresql/*/bin/initdb; do
        [ -x "$initdb" ] && return 0
    done
    return 1
}

browser_is_here() {
    for browser in chromium chromium-browser google-chrome; do
        command -v "$browser" >/dev/null 2>&1 && return 0
    done
    return 1
}

# Nor is a web server on everybody's.
nginx_is_here() {
    command -v nginx >/dev/null 2>&1 || [ -x /usr/sbin/nginx ]
}

haproxy_is_here() {
    command -v haproxy >/dev/null 2>&1 || [ -x /usr/sbin/haproxy ]
}

postgres_is_here || lacks postgresql
haproxy_is_here || lacks haproxy
nginx_is_here || lacks nginx-light
command -v redis-server >/dev/null 2>&1 || lacks redis-server
browser_is_here || lacks chromium
command -v node >/dev/null 2>&1 || lacks nodejs
command -v npm >/dev/null 2>&1 || lacks npm

if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ] && [ "${CI:-}" = true ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing for the tests:$missing"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        # shellcheck disable=SC2086 # one word for each package
        apt-get install -qq -y --no-install-recommends $missing >/dev/null
    else
        echo "The tests need what is not here; type:  sudo apt-get install$missing" >&2
        exit 1
    fi
fi

# What opens a browser's pushes, and what browsers seal with: into the project's own folder, as its lock says, and again when the lock has changed.
node="$(dirname "$0")/../../tests/node"
if ! cmp -s "$node/package-lock.json" "$node/node_modules/.installed-lock.json"; then
    echo "Installing the tests' push service and libsodium into tests/node"
    if (cd "$node" && npm ci --no-audit --no-fund --ignore-scripts --silent); then
        cp "$node/package-lock.json" "$node/node_modules/.installed-lock.json"
    else
        echo "It could not be installed: the tests of web push and of sealing elsewhere will fail, and say so." >&2
    fi
fi
