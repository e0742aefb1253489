#!/bin/sh
# Time and peak memory of `plumbline score` on large prediction files.
#
# usage: benchmarks/score_speed.sh FOLDER QUESTIONS PLUMBLINE...
#
# Makes the load in FOLDER (4 GB for a million questions), then runs each of the named executables in turn and
# prints processor and wall time and the peak of resident memory. Needs Python 3 and GNU time.
set -eu
folder=$1
questions=$2
shift 2
here=$(dirname "$0")
mkdir -p "$folder/plan/ball-drop"
cp "$here"/../scenes/ball-drop/steel-on-concrete.yaml "$folder/plan/ball-drop/"
sed 's/public: 60/public: 1000/; s/^plan: .*/plan: score-load/' \
  "$here"/../scenes/ball-drop-demo.plan.yaml > "$folder/plan/load.plan.yaml"
test -e "$folder/base/manifest.json" \
  || "$1" generate "$folder/plan/load.plan.yaml" -o "$folder/base" --progress none
load=$folder/load-$questions
test -e "$load/done" || {
  python3 "$here/score_load.py" "$folder/base" "$load" "$questions"
  touch "$load/done"
}
for program in "$@"; do
  printf '%s\n' "$program"
  /usr/bin/time -f '  %U s user, %S s system, %e s wall, %M KiB peak' \
    "$program" score "$load/predictions.jsonl" --against "$load" > "$folder/out.txt"
  sha256sum < "$folder/out.txt" | cut -c1-16
done
