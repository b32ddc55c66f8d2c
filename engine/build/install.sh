# Sourced by scenarios/run and tests/run: what a Debian 12 machine needs, and how a build is made.
# shellcheck shell=bash

build_packages=(gcc libc6-dev cmake ninja-build pkg-config liblua5.4-dev libuv1-dev libnng-dev libcjson-dev libssl-dev libncurses-dev)
test_packages=(check python3 clang libclang-rt-14-dev nng-utils openssl locales tmux openssh-server openssh-client tidy clang-tidy cppcheck)

# install_missing PACKAGE… installs those that are not there, or says exactly what to install.
install_missing() {
    local missing=() p
    for p in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null)" = installed ] || missing+=("$p")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" != 0 ]; then
        echo "Some Debian packages are missing. As root, run:" >&2
        echo "    apt-get update && apt-get install -y --no-install-recommends ${missing[*]}" >&2
        echo "and then this command again." >&2
        exit 3
    fi
    echo "Installing ${missing[*]}" >&2
    local log
    log=$(mktemp)
    if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
        cat "$log" >&2
        echo "apt-get could not install: ${missing[*]}" >&2
        exit 3
    fi
    rm -f "$log"
}

# build PRESET [cmake argument…] configures and builds quietly; its output is shown if it fails.
build() {
    local preset=$1 log
    shift
    log=$(mktemp)
    echo "Building $preset" >&2
    if ! { cmake --preset "$preset" "$@" && cmake --build --preset "$preset"; } >"$log" 2>&1; then
        grep -E 'error|warning|FAILED|Error' "$log" >&2 || cat "$log" >&2
        echo "The $preset build failed; all of its output is in $log" >&2
        exit 70
    fi
    rm -f "$log"
}
