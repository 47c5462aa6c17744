#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A trainer for Hone in 80 lines: naive Bayes on words. `hone-cli tune … --trainer docs/trainer-example.py`"""
import collections, fcntl, hashlib, json, math, os, re, signal, sys

interrupted = []


def tell(event, **members):
    print(json.dumps({"event": event, **members}), flush=True)


def fail(code, message, hint, status=1):
    tell("error", code=code, message=message, hint=hint)
    print(message, file=sys.stderr)
    sys.exit(status)


def lines(name):
    with open(name, encoding="utf-8") as file:
        for line in file:
            if interrupted:                   # nothing worth keeping: the next start begins anew
                fail("interrupted", "The run was interrupted", "Resume the run", 4)
            yield json.loads(line)


def words(text):
    return re.findall(r"\w\w+", text.lower())


def save(name, rows):                         # beside, synced, renamed: never half a file; returns its checksum
    digest = hashlib.sha256()
    with open(name + ".part", "wb") as file:
        for row in rows:
            data = (json.dumps(row) + "\n").encode()
            file.write(data)
            digest.update(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(name + ".part", name)
    return digest.hexdigest()


def train(keys):
    counts, texts = {key: collections.Counter() for key in keys}, collections.Counter()
    for step, row in enumerate(lines("train.jsonl"), 1):
        for key in row["categories"]:
            counts[key].update({word: n * row.get("weight", 1) for word, n in collections.Counter(words(row["text"])).items()})
            texts[key] += row.get("weight", 1)
        if step % 1000 == 0:
            tell("progress", step=step, steps=None, seconds_left=None)
    tell("done", model="model.json", sha256=save("model.json", [{"counts": counts, "texts": texts}]))


def predict(job):
    with open(job["parent_model"], encoding="utf-8") as file:
        model = json.load(file)
    counts, texts, keys = model["counts"], model["texts"], [c["key"] for c in job["categories"]]
    if sorted(keys) != sorted(counts):
        fail("bad-model", "The model knows other categories than the job", "Train this iteration again")
    vocabulary, totals = len(set().union(*counts.values())) + 1, {key: sum(counts[key].values()) for key in keys}

    def answer(row):
        scores = {key: math.log(texts.get(key, 0) + 1) + sum(math.log((counts[key].get(word, 0) + 1) / (totals[key] + vocabulary))
                                                          for word in words(row["text"])) for key in keys}
        shares = {key: math.exp(score - max(scores.values())) for key, score in scores.items()}
        scores = {key: share / sum(shares.values()) for key, share in shares.items()}
        best = max(keys, key=scores.get)
        return {"id": row["id"], "outcome": "answered", "categories": [best], "confidence": scores[best], "scores": scores}
    tell("done", predictions="predictions.jsonl", sha256=save("predictions.jsonl", map(answer, lines("input.jsonl"))))


signal.signal(signal.SIGTERM, lambda *_: interrupted.append(True))
lock = open("run.lock", "a")                  # held until the process ends: that says "alive"
fcntl.flock(lock, fcntl.LOCK_EX)              # waits while another one is at work here
job = json.load(open(sys.argv[1], encoding="utf-8"))
tell("hello", name="trainer-example", version="1", protocol=1, methods=["bayes"], models=[])
tell("stage", name=job["kind"])
train([c["key"] for c in job["categories"]]) if job["kind"] == "train" else predict(job)
