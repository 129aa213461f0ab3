#!/usr/bin/env bash
# Makes README's pictures: pages of a completed practice return as LibreOffice prints them.
set -euo pipefail

cd "$(dirname "$0")/.."
PICTURES=docs/pictures
SYSTEM=QSL
declare -A CROP=([Cover]="1000 730" [Agency]="1240 610")
DPI=110

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

.venv/bin/workbook-gen issue --quiet --org "$SYSTEM" --workspace "$folder" >/dev/null
.venv/bin/workbook-gen practice --quiet --seed 12 --workspace "$folder" >/dev/null
workbook=$(echo "$folder"/*/practice/"$SYSTEM"_*.xlsx)
soffice "-env:UserInstallation=file://$folder/profile" --headless --convert-to pdf --outdir "$folder" "$workbook" >/dev/null 2>&1
pdf="$folder/$(basename "${workbook%.xlsx}").pdf"
pages=$(pdfinfo "$pdf" | awk '/^Pages:/ { print $2 }')

# The first page of a sheet, by its footer.
page_of() {
    local page text
    for ((page = 1; page <= pages; page++)); do
        text=$(pdftotext -f "$page" -l "$page" "$pdf" -)
        if [[ $text == *"$1, page "* ]]; then
            echo "$page"
            return
        fi
    done
    echo "No page of $1." >&2
    return 1
}

mkdir -p "$PICTURES"
for sheet in "${!CROP[@]}"; do
    read -r width height <<<"${CROP[$sheet]}"
    page=$(page_of "$sheet")
    pdftoppm -png -r "$DPI" -singlefile -x 20 -y 30 -W "$width" -H "$height" -f "$page" "$pdf" "$PICTURES/${sheet,,}"
    echo "$PICTURES/${sheet,,}.png"
done
