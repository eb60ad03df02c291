#!/usr/bin/env bash
# Compiles the style sheet from the templates. Wants Node; the packages are
# pinned by package-lock.json.
set -euo pipefail
cd "$(dirname "$0")/.."
npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
npm run --silent css
