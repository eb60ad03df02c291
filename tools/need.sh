#!/usr/bin/env bash
# Sees to what the tests want beyond Go and make.
#
#   need.sh compiler   a C compiler, which the race detector links with
#   need.sh race       prints -race if there is one, else nothing
#   need.sh browser    a Chromium for the browser tests
#   need.sh unit       systemd-analyze, which scores the unit of the service
#
# Debian and its kin install what is missing, as root or through sudo without a
# password. Elsewhere the tests that need it are left out with the reason;
# with CI=true a missing piece is a failure.
set -euo pipefail

have() { command -v "$1" >/dev/null 2>&1; }

install() { # install PACKAGE...: true if apt could
  local sudo=()
  have apt-get || { echo "this machine has no apt-get" >&2; return 1; }
  if [ "$(id -u)" != 0 ]; then
    have sudo && sudo -n true 2>/dev/null || { echo "neither root nor sudo without a password" >&2; return 1; }
    sudo=(sudo -n)
  fi
  echo "installing $*" >&2
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2 && return 0
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 || return 1
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}

compiler() { have "$(go env CC | awk '{print $1}')" || have cc || have gcc; }

browser() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && have "$name" && return 0
  done
  return 1
}

missing() { # missing WHAT CONSEQUENCE
  if [ "${CI:-}" = true ]; then
    echo "$1 is missing and CI=true" >&2
    exit 1
  fi
  echo "$1 is missing: $2" >&2
}

case "${1:-}" in
  compiler)
    compiler || install gcc libc6-dev || true
    compiler || missing "a C compiler" "tests run without the race detector"
    ;;
  race)
    if compiler; then echo -race; fi
    ;;
  browser)
    browser || install chromium || true
    browser || missing "Chromium" "the browser tests are left out; set CHROMIUM to a browser's path to run them"
    ;;
  unit)
    have systemd-analyze || install systemd || true
    have systemd-analyze || missing "systemd-analyze" "the unit of the service is neither scored nor tried"
    ;;
  *)
    echo "usage: need.sh compiler|race|browser|unit" >&2
    exit 2
    ;;
esac
