#!/bin/sh
# One table of boxes in contact and SimBenchmark scenes: Plumbline, MuJoCo, Bullet, one thread each.
#
#   peers/contact.sh MEASURE PYTHON OUT [quick]
#
# MEASURE is the built benchmark program, PYTHON one with the packages of predictors/requirements.txt.
# Writes OUT/*.csv, OUT/contact.svg and OUT/contact.md. `quick` stops at steps of 2 ms.
# Drake is left out.
set -eu
measure=$1; python=$2; out=$3; here=$(dirname "$0")
finest=1e-4; limit=120
[ "${4:-}" != quick ] || { finest=2e-3; limit=25; }
export OPENBLAS_NUM_THREADS=1
mkdir -p "$out"

"$measure" simbenchmark > "$out/simbenchmark-plumbline.csv"
"$measure" contact-precision > "$out/contact-plumbline.csv"
"$python" "$here/simbenchmark.py" --engines mujoco bullet --finest $finest --limit $limit \
  > "$out/simbenchmark-peers.csv"
"$python" "$here/contact_precision.py" --engines mujoco mujoco-tuned bullet bullet-tuned \
  --cases slide incline stick-slip stack stack-speed pile --finest $finest > "$out/contact-peers.csv"
"$python" "$here/contact_tables.py" --machine "$(uname -m), one thread" --svg "$out/contact.svg" \
  "$out/contact-plumbline.csv" "$out/contact-peers.csv" \
  --simbenchmark "$out/simbenchmark-plumbline.csv" "$out/simbenchmark-peers.csv" > "$out/contact.md"
