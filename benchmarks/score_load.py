"""Makes a large load for `plumbline score`: a data set whose public instances are repeated under new ids.

python3 benchmarks/score_load.py BASE OUT QUESTIONS [--seed N]

BASE is a data set of `plumbline generate`; its calibration stays as it is. Every record of OUT is whole and
carries its checksum. predictions.jsonl answers all but a hundredth of the questions: quantiles around the
truth's own, probabilities, handoffs, and now and then an answer that cannot be read.
"""

import argparse
import json
import pathlib
import random
import shutil
import zlib


class Number(str):
    """The digits of a number as they stand in the file, which is their canonical form."""


def load(line):
    return json.loads(line, parse_float=Number, parse_int=Number)


def canonical(value):
    """RFC 8785, of values whose numbers and texts were written canonically."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, Number):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def answer(question, truth, draw):
    """An answer that knows something."""
    luck = draw.random()
    if luck < 0.02:
        return {"handoff": True, "reason": "low-confidence"}
    if luck < 0.03:
        return {"value": "about three", "unit": question["quantity"]["unit"]}
    if question["type"] == "event":
        height = float(truth["outcomes"]["rebound-height"]["value"])
        p = 1 / (1 + 2.718281828 ** (-20 * (height - 0.3 + draw.gauss(0, 0.05))))
        return {"p": round(min(1, max(0, p)), 3)}
    outcome = truth["outcomes"][question["slot"]]
    middle = float(outcome["value"]) * (1 + draw.gauss(0, 0.05))
    width = 0.06 * middle
    spread = [-1.645, -0.674, 0, 0.674, 1.645]
    values = {level: float(f"{middle + width * z:.5g}") for level, z in zip(question["levels"], spread)}
    return {"quantiles": values, "unit": question["quantity"]["unit"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("questions", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    for name in ["manifest.json", "templates.jsonl", "calibration.jsonl"]:
        shutil.copy(options.base / name, options.out / name)

    lines = (options.base / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    disclosed = [line for line in lines if '"split":"calibration"' in line]
    asked = {}
    for line in lines:
        if '"split":"public"' in line:
            question = load(line)
            asked.setdefault(question["instance"], []).append((question, line))
    truths = []
    for line in (options.base / "outcomes.jsonl").read_text(encoding="utf-8").splitlines():
        record = load(line)
        record.pop("crc32")
        truths.append((record, canonical(record), line[: line.rindex(',"crc32"')]))

    with (
        open(options.out / "questions.jsonl", "w", encoding="utf-8") as questions,
        open(options.out / "outcomes.jsonl", "w", encoding="utf-8") as outcomes,
        open(options.out / "predictions.jsonl", "w", encoding="utf-8") as predictions,
    ):
        for line in disclosed:
            questions.write(line + "\n")
        done = index = 0
        while done < options.questions:
            record, text, line = truths[index % len(truths)]
            old = record["id"]
            new = f"{old.rsplit('/', 1)[0]}/{1_000_000 + index}"
            index += 1
            crc = zlib.crc32(text.replace(f'"{old}"', f'"{new}"').encode())
            outcomes.write(line.replace(f'"{old}"', f'"{new}"', 1) + f',"crc32":"{crc:08x}"}}\n')
            for question, whole in asked[old]:
                if done == options.questions:
                    break
                name = question["id"].replace(old, new)
                whole = whole.replace(f'"id":"{question["id"]}"', f'"id":"{name}"', 1)
                questions.write(whole.replace(f'"instance":"{old}"', f'"instance":"{new}"', 1) + "\n")
                done += 1
                if draw.random() < 0.01:
                    continue
                reply = {
                    "schema": "prediction/1", "id": name, "model": "load", "track": "own-code",
                    "answer": answer(question, record, draw),
                }
                predictions.write(json.dumps(reply, ensure_ascii=False) + "\n")


main()
