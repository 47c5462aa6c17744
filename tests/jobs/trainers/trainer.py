#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A trainer for tests: remembers which words go with which category. HONE_TEST_FAULT names what it does wrong."""
import hashlib
import json
import os
import signal
import sys
import time

fault = os.environ.get("HONE_TEST_FAULT", "")
job = json.load(open(sys.argv[1], encoding="utf-8"))
os.chdir(os.path.dirname(os.path.abspath(sys.argv[1])))
training = job["kind"] == "train"


def say(event, **members):
    print(json.dumps({"event": event, **members}), flush=True)


def sha256(path):
    return hashlib.sha256(open(path, "rb").read()).hexdigest()


def lines(name):
    for line in open(name, encoding="utf-8"):
        yield json.loads(line)


def work_slowly():
    """Thirty steps; a step that was done before is not done again."""
    steps = int(os.environ.get("HONE_TEST_STEPS", "30"))
    done = len(open("checkpoint").read()) if os.path.exists("checkpoint") else 0
    stop = []
    signal.signal(signal.SIGTERM, lambda *_: stop.append(1))
    for step in range(done, steps):
        time.sleep(0.05)
        with open("checkpoint", "a") as checkpoint:
            checkpoint.write("x")
        say("progress", step=step + 1, steps=steps, seconds_left=(steps - step) * 0.05)
        if stop:
            say("checkpoint", path="checkpoint")
            sys.exit(0)


def train():
    model = {}
    for text in lines("train.jsonl"):
        for word in text["text"].split():
            for category in text["categories"]:
                model.setdefault(word, {}).setdefault(category, 0)
                model[word][category] += text["weight"]
    say("metric", step=1, name="loss", value=0.5)
    if os.path.exists("unlabelled.jsonl"):
        with open("pseudo.jsonl", "w", encoding="utf-8") as pseudo:
            for text in list(lines("unlabelled.jsonl"))[:3]:
                pseudo.write(json.dumps({"id": text["id"], "categories": [job["categories"][0]["key"]], "confidence": 0.9}) + "\n")
    if fault == "folder":
        os.makedirs("model/deep", exist_ok=True)
        json.dump(model, open("model/deep/words.json", "w"))
        open("model/readme", "w").write("words\n")
        say("done", model="model", files={name: sha256(name) for name in ("model/deep/words.json", "model/readme")})
        return
    json.dump(model, open("model.json", "w"))
    extra = {"pseudo": "pseudo.jsonl"} if os.path.exists("pseudo.jsonl") else {}
    if fault == "outside":
        say("done", model="../../../../../etc/hostname", sha256=sha256("model.json"))
    elif fault == "absolute":
        say("done", model=os.path.abspath("model.json"), sha256=sha256("model.json"))
    elif fault == "link":
        os.symlink("/etc/passwd", "linked")
        say("done", model="linked", sha256=sha256("linked"))
    elif fault == "absent":
        say("done", model="nothing.json", sha256="0" * 64)
    elif fault == "checksum":
        say("done", model="model.json", sha256="0" * 64)
    elif fault == "after-done":
        say("done", model="model.json", sha256=sha256("model.json"), **extra)
        say("progress", step=1, steps=2)
    else:
        say("done", model="model.json", sha256=sha256("model.json"), **extra)


def predict():
    path = job["parent_model"]
    model = json.load(open(os.path.join(path, "deep/words.json") if os.path.isdir(path) else path))
    keys = [category["key"] for category in job["categories"]]
    answers = []
    for text in lines("input.jsonl"):
        votes = dict.fromkeys(keys, 0.1)
        for word in text["text"].split():
            for category, count in model.get(word, {}).items():
                votes[category] += count
        total = sum(votes.values())
        best = max(keys, key=votes.get)
        answers.append({"id": text["id"], "outcome": "answered", "categories": [best], "confidence": votes[best] / total,
                        "scores": {key: votes[key] / total for key in keys}})
    if fault == "duplicate":
        answers.append(answers[0])
    elif fault == "unasked":
        answers[0]["id"] = "999999"
    elif fault == "category":
        answers[0]["categories"] = ["WEATHER"]
    elif fault == "confidence":
        answers[0]["confidence"] = 7
    elif fault == "two":
        answers[0]["categories"] = keys[:2]
    elif fault == "missing-answers":
        answers = answers[:-3]
    elif fault == "outcomes":
        answers[0] = {"id": answers[0]["id"], "outcome": "abstained", "reason": "refusal"}
        answers[1] = {"id": answers[1]["id"], "outcome": "failed", "reason": "timeout"}
        answers[2] = {"id": answers[2]["id"], "raw": "The answer is sports."}
        answers[3] = {"id": answers[3]["id"], "raw": "no idea"}
    with open("predictions.jsonl", "w", encoding="utf-8") as predictions:
        for answer in answers:
            predictions.write(json.dumps(answer) + "\n")
        if fault == "rubbish-answer":
            predictions.write("{]\n")
        elif fault == "huge-answer":
            predictions.write('{"id":"1","raw":"' + "x" * 2000000 + '"}\n')
    say("done", predictions="predictions.jsonl", sha256=sha256("predictions.jsonl"))


say("hello", name="test trainer", version="1", protocol=1, methods=["words"], models=[], surprise={"unknown": True})
say("weather", temperature=21)
say("stage", name=job["kind"])
if training:
    if fault == "crash":
        sys.stderr.write("something went wrong\n")
        sys.exit(3)
    elif fault == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif fault == "terminated":
        os.kill(os.getpid(), signal.SIGTERM)
    elif fault == "rubbish":
        os.write(1, b"\xff\xfe\x00 not json at all\n[1,2]\n" * 100)
        sys.exit(0)
    elif fault == "huge-line":
        os.write(1, b"x" * (3 * 1024 * 1024))
        time.sleep(60)
    elif fault == "no-done":
        sys.exit(0)
    elif fault == "error":
        say("error", code="no-memory", message="not enough memory", hint="use fewer texts")
        sys.exit(1)
    elif fault == "hang":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        say("progress", step=1, steps=100)
        time.sleep(600)
    elif fault == "helper":
        if os.fork() == 0:
            time.sleep(60)      # a helper that outlives a crash, with everything inherited
            os._exit(0)
        sys.exit(4)
if fault == "slow" and training or fault == "slow-predict" and not training:
    work_slowly()
train() if training else predict()
