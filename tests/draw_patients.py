#!/usr/bin/env python3
"""Draws whole patients by a seed, so that someone who has not seen the program's answers can derive theirs from the sources.

    python3 tests/draw_patients.py SARCOGUIDE GUIDE OUT [--seed 13] [--count 60]

Each patient begins as one of `guide/cases/` (in scope, taken without its expectations). Some facts are drawn anew, and the facts about
health are filled in: for half of the patients all of them, for the others about a third. A draw that contradicts itself is drawn again;
that is all that the program is asked. The files hold facts only.
"""

import argparse
import pathlib
import random
import subprocess
import tomllib

HEALTH = [
    "heart_disease", "severe_heart_disease", "kidney_impairment", "nerve_damage", "autoimmune_disease", "organ_transplant",
    "severe_immune_reaction", "prior_lung_inflammation", "congenital_long_qt", "active_infection", "low_blood_counts",
    "blocked_urine_flow", "drug_allergy", "peanut_or_soya_allergy", "prior_chest_radiation", "prior_anthracycline_other_cancer",
    "anthracycline_limit_reached", "pregnant", "breastfeeding", "reproductive_potential",
]
AGAIN = {
    "age": lambda draw: draw.randint(18, 88),
    "size": lambda draw: draw.choice([1.5, 3, 4.2, 4.8, 5, 5.5, 7, 9, 12, 16, 22]),
    "grade": lambda draw: draw.choice(["G1", "G2", "G3", "G3", "high", "GX"]),
    "site": lambda draw: draw.choice(
        ["upper_extremity", "lower_extremity", "lower_extremity", "chest_wall", "abdominal_wall", "back", "retroperitoneum",
         "head_and_neck", "abdominal_viscera", "thoracic_viscera"]),
    "margin_status": lambda draw: draw.choice(["negative", "close", "positive"]),
    "lymph_nodes": lambda draw: draw.choice(["involved", "not_involved", "not_assessed"]),
    "prior_radiation": lambda draw: draw.choice(["yes", "no"]),
    "prior_chemotherapy": lambda draw: draw.choice(["yes", "no"]),
    "fit_for_surgery": lambda draw: draw.choice(["yes", "yes", "no"]),
    "resectability": lambda draw: draw.choice(["resectable", "borderline", "unresectable"]),
    "depth": lambda draw: draw.choice(["superficial", "deep"]),
}


def patient(draw, base):
    facts = dict(base)
    for fact in draw.sample([fact for fact in sorted(AGAIN) if fact in facts], k=min(3, len([f for f in AGAIN if f in facts]))):
        facts[fact] = AGAIN[fact](draw)
    whole = draw.random() < 0.5
    for fact in HEALTH:
        if fact not in facts and (whole or draw.random() < 0.33):
            facts[fact] = "yes" if draw.random() < 0.08 else "no"
    if "liver_impairment" not in facts and (whole or draw.random() < 0.33):
        facts["liver_impairment"] = draw.choice(["none"] * 8 + ["mild", "moderate", "severe"])
    if "sex" not in facts:
        facts["sex"] = draw.choice(["female", "male"])
    if facts["sex"] == "male" and "breastfeeding" in facts:
        facts["breastfeeding"] = "no"
    return facts


def text(facts):
    line = lambda fact, value: f"{fact} = {value}" if isinstance(value, (int, float)) else f'{fact} = "{value}"'
    return "[facts]\n" + "\n".join(line(fact, value) for fact, value in facts.items()) + "\n"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("program")
    arguments.add_argument("guide", type=pathlib.Path)
    arguments.add_argument("out", type=pathlib.Path)
    arguments.add_argument("--seed", type=int, default=13)
    arguments.add_argument("--count", type=int, default=60)
    given = arguments.parse_args()
    draw = random.Random(given.seed)
    files = sorted((given.guide / "cases").glob("*.toml"))
    bases = [(file.stem, tomllib.loads(file.read_text())) for file in files if not file.stem.startswith(("scope_", "drawn_"))]
    bases = [(name, case["facts"]) for name, case in bases if case.get("scope", "in") == "in"]
    given.out.mkdir(parents=True, exist_ok=True)
    for number in range(1, given.count + 1):
        while True:
            name, base = draw.choice(bases)
            file = given.out / f"drawn_{number:02}.toml"
            file.write_text(f"# Drawn by seed {given.seed}, beginning as `{name}`.\n{text(patient(draw, base))}")
            command = [given.program, "advise", "--guide", str(given.guide), str(file), "--format", "json"]
            if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
                break


main()
