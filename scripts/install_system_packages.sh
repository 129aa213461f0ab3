#!/usr/bin/env bash
# Installs the Debian packages that the tests need, or those named; does nothing when all of them are there.
# Elsewhere: looks for the programs themselves, and says which are missing.
set -euo pipefail

# libreoffice-calc-nogui conflicts with libreoffice-calc: never add it.
PACKAGES=(libreoffice-calc libreoffice-impress python3-uno poppler-utils fonts-liberation postgresql r-base-core r-cran-readxl chromium make python3-venv)
PROGRAMS=(soffice pdftoppm pg_ctl Rscript chromium)
(($# == 0)) || PACKAGES=("$@")
OPTIONS=(--yes --no-install-recommends -o DPkg::Lock::Timeout=120)

say() { printf '%s\n' "$*" >&2; }

is_installed() {
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" == installed ]]
}

check_programs() {
    local program missing=()
    for program in "${PROGRAMS[@]}"; do
        command -v "$program" >/dev/null || missing+=("$program")
    done
    if ((${#missing[@]})); then
        say "This is not a Debian system, and these programs are missing: ${missing[*]}."
        say "The tests need LibreOffice with Calc and Impress (soffice), poppler (pdftoppm), PostgreSQL (pg_ctl), R with readxl (Rscript) and Chromium (chromium): install them and run this again."
        exit 1
    fi
}

are_known() {
    local package
    for package in "$@"; do
        apt-cache show "$package" >/dev/null 2>&1 || return 1
    done
}

install() {
    local updated=no
    if ! are_known "${missing[@]}"; then
        "${as_root[@]}" apt-get update
        updated=yes
    fi
    if ! "${as_root[@]}" apt-get install "${OPTIONS[@]}" "${missing[@]}"; then
        [[ $updated == no ]] || return 1
        "${as_root[@]}" apt-get update # the lists knew the packages, but were too old to fetch them
        "${as_root[@]}" apt-get install "${OPTIONS[@]}" "${missing[@]}"
    fi
}

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    check_programs
    exit 0
fi

missing=()
for package in "${PACKAGES[@]}"; do
    is_installed "$package" || missing+=("$package")
done
((${#missing[@]})) || exit 0

as_root=(env DEBIAN_FRONTEND=noninteractive)
if (($(id -u) != 0)); then
    as_root=(sudo -n "${as_root[@]}")
    if ! { command -v sudo && sudo -n true; } >/dev/null 2>&1; then
        say "Missing: ${missing[*]}. Run this, then try again:"
        say "  sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}"
        exit 1
    fi
fi

say "Installing: ${missing[*]}"
install >&2
