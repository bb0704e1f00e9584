#!/usr/bin/env bash
# In: a fresh clone. Out: the chaos desk on http://127.0.0.1:8080, everything it needs built first.
# `--setup` builds and stops. Every other option goes to `wavetank desk` (see --help).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

say() { printf '%s\n' "$*" >&2; }
fail() { say "run-desk: $1"; say "  what to do: $2"; exit 2; }
need() { command -v "$1" >/dev/null 2>&1 || fail "$1 is not on PATH" "$2"; }

need node "install Node.js 20 or newer (it brings npm)"
need npm "install npm (it comes with Node.js)"
need cargo "install Rust with cargo, 1.88 or newer"
need python3 "install Python 3 with pip"
need g++ "install a C++20 compiler named g++"
need git "install git"
node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' ||
  fail "Node.js $(node --version) is too old" "install Node.js 20 or newer"
python3 -m pip --version >/dev/null 2>&1 || fail "python3 has no pip" "install pip for python3"

# Packages: reinstalled only when the lock file or a manifest changed since the last time.
stamp=node_modules/.wavetank-packages
wanted=$(cat pnpm-lock.yaml pnpm-workspace.yaml package.json packages/*/package.json \
  dashboard/package.json | cksum)
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
  say "packages: installing with pnpm (first time: about half a minute)"
  npx -y pnpm@12.21.0 install --frozen-lockfile >&2 ||
    fail "packages could not be installed" "check the network and the message above, then run again"
  printf '%s' "$wanted" >"$stamp"
fi

node=node_modules/.bin/node
if [ "${1-}" = "--setup" ]; then
  exec "$node" packages/cli/src/setup/build.ts
fi
case " $* " in
  *" --help "* | *" -h "*) ;;
  *) "$node" packages/cli/src/setup/build.ts ;;
esac
exec "$node" packages/cli/src/main.ts desk "$@"
