#!/usr/bin/env bash
# Compiles the style sheet from the templates. Wants Node; the packages are
# pinned by package-lock.json.
set -euo pipefail
cd "$(dirname "$0")/.."
# Not "npm ci": it refuses a lock file without the compiler's packages for
# operating systems that a registry may not carry. This holds to the lock file
# all the same and does not write it.
npm install --no-save --no-audit --no-fund --ignore-scripts --loglevel=error
npm run --silent css
