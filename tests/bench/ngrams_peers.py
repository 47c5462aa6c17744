# SPDX-License-Identifier: GPL-3.0-or-later
"""Quality and time of hone-engine's method ngrams beside scikit-learn: ngrams_peers.py ENGINE NEWS-FOLDER [PART…]

Parts: folds, files, self-training, time, large; all of them where none is named. Every comparison is of numbers from this
one run. The exit status is 1 where a wanted quality is missed; times are printed and never judged.
"""
import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time

import numpy
from scipy import optimize, sparse
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.naive_bayes import ComplementNB
from sklearn.pipeline import make_pipeline, make_union
from sklearn.svm import LinearSVC

FILES = ("news-1.txt", "news-3.txt", "news-4.txt")
LABELS = (80, 200, 400)
DRAWS = 10
SPLITS = 3          # seeds of the cross-validation; one split alone is not to be tuned to
ROUNDS = 3          # of timing; the best counts
LARGE = 100_000


class News:
    """Texts with the number of their category, and of the file they came from."""

    def __init__(self, folder):
        self.texts, labels, files = [], [], []
        for number, name in enumerate(FILES):
            for line in (folder / name).read_text(encoding="utf-8").splitlines():
                text, _, label = line.rpartition("|")
                self.texts.append(text)
                labels.append(label)
                files.append(number)
        self.categories = sorted(set(labels))
        self.labels = numpy.array([self.categories.index(label) for label in labels])
        self.files = numpy.array(files)

    def pick(self, rows):
        return [self.texts[i] for i in rows]


class Engine:
    """hone-engine, asked as Hone asks it: a folder with job.json and texts for each run."""

    def __init__(self, program, n_categories):
        self.program = program
        self.keys = [f"C{c}" for c in range(n_categories)]
        self.seconds = self.cpu_seconds = self.peak = 0

    def run(self, folder, job, texts):
        job = {"protocol": 1, "seed": 1, "threads": 1, "choice": "one", "categories": [{"key": key} for key in self.keys]} | job
        (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
        for name, lines in texts.items():
            with open(folder / name, "w", encoding="utf-8") as file:
                for line in lines:
                    file.write(json.dumps(line) + "\n")
        with open(folder / "events.jsonl", "wb") as events, open(folder / "log.txt", "wb") as log:
            start = time.perf_counter()
            child = subprocess.Popen([self.program, "job.json"], cwd=folder, stdout=events, stderr=log)
            _, status, usage = os.wait4(child.pid, 0)
            self.seconds += time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0:
            sys.exit(f"hone-engine ended with {child.returncode}: {(folder / 'log.txt').read_text()}")
        self.cpu_seconds += usage.ru_utime + usage.ru_stime
        self.peak = max(self.peak, usage.ru_maxrss / 1024)

    def train(self, folder, texts, labels, unlabelled=None):
        lines = ({"id": str(i), "text": text, "categories": [self.keys[c]]} for i, (text, c) in enumerate(zip(texts, labels)))
        files = {"train.jsonl": lines}
        if unlabelled is not None:
            files["unlabelled.jsonl"] = ({"id": f"u{i}", "text": text} for i, text in enumerate(unlabelled))
        self.run(folder, {"kind": "train", "method": "ngrams", "hyperparameters": {"self_training": unlabelled is not None}}, files)

    def predict(self, folder, model, texts):
        self.run(folder, {"kind": "predict", "parent_model": str(model)},
                 {"input.jsonl": ({"id": str(i), "text": text} for i, text in enumerate(texts))})
        answers = numpy.empty(len(texts), int)
        with open(folder / "predictions.jsonl", encoding="utf-8") as file:
            for line in file:
                answer = json.loads(line)
                answers[int(answer["id"])] = self.keys.index(answer["categories"][0])
        return answers

    def answer(self, texts, labels, asked, unlabelled=None):
        """Trains on texts and answers others; seconds, cpu_seconds and peak (MiB) tell what that took."""
        self.seconds = self.cpu_seconds = self.peak = 0
        with tempfile.TemporaryDirectory() as name:
            train, predict = pathlib.Path(name, "train"), pathlib.Path(name, "predict")
            train.mkdir()
            predict.mkdir()
            self.train(train, texts, labels, unlabelled)
            return self.predict(predict, train / "model.ngrams", asked)


# -- peers

def peer_svm(texts, labels, asked):
    """What people write with scikit-learn: TF-IDF of words and characters, a linear SVM with its defaults."""
    model = make_pipeline(make_union(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
                                     TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)), LinearSVC())
    return model.fit(texts, labels).predict(asked)


class PeerRecipe:
    """The engine's own recipe in scikit-learn: the same blocks of hashed n-grams, the same two models (liblinear with the same
    strength and precision, ComplementNB), five folds to standardise their scores and to fit a temperature, then all texts."""

    SIZE = 2 ** 18

    def __init__(self):
        shared = {"n_features": self.SIZE, "alternate_sign": False, "norm": None}
        self.blocks = [(HashingVectorizer(ngram_range=(1, 2), **shared), TfidfTransformer(sublinear_tf=True)),
                       (HashingVectorizer(analyzer="char_wb", ngram_range=(3, 5), **shared), TfidfTransformer(sublinear_tf=True))]

    def features(self, texts, fit=False):
        blocks = []
        for counts, weights in self.blocks:
            x = counts.transform(texts)
            blocks.append(weights.fit_transform(x) if fit else weights.transform(x))
        x = sparse.hstack(blocks, format="csr")
        if fit:   # as the engine does, without what no text has: liblinear keeps a number for each column
            self.columns = numpy.flatnonzero(x.getnnz(axis=0))
        return x[:, self.columns]

    def fit_svm(self, x, labels, category):
        inside = labels == category
        p = numpy.asarray(x[inside].sum(axis=0)).ravel() + 0.1
        q = numpy.asarray(x[~inside].sum(axis=0)).ravel() + 0.1
        ratio = numpy.log(p / p.sum() / (q / q.sum()))
        svm = LinearSVC(C=0.3, tol=0.01, dual=True, random_state=1).fit(x @ sparse.diags_array(ratio), inside)
        return svm.coef_[0] * ratio, svm.intercept_[0]

    def scores(self, x, labels, asked):
        """Both models' scores, each centred per text."""
        columns = [self.fit_svm(x, labels, c) for c in range(labels.max() + 1)]
        svm = asked @ numpy.array([weights for weights, _ in columns]).T + [bias for _, bias in columns]
        bayes = ComplementNB(alpha=0.3, norm=False).fit(x, labels)._joint_log_likelihood(asked)
        return svm - svm.mean(axis=1, keepdims=True), bayes - bayes.mean(axis=1, keepdims=True)

    def train(self, texts, labels):
        self.x, self.labels = self.features(texts, fit=True), labels
        svm, bayes = (numpy.empty((len(texts), labels.max() + 1)) for _ in range(2))
        for rest, fold in StratifiedKFold(5, shuffle=True, random_state=1).split(self.x, labels):
            svm[fold], bayes[fold] = self.scores(self.x[rest], labels[rest], self.x[fold])
        self.scales = svm.std(), bayes.std()
        sums = svm / self.scales[0] + bayes / self.scales[1]
        self.sharpness = optimize.minimize_scalar(lambda s: self.loss(s * sums, labels), bounds=(0.05, 150), method="bounded").x

    @staticmethod
    def loss(sums, labels):
        sums = sums - sums.max(axis=1, keepdims=True)
        return (numpy.log(numpy.exp(sums).sum(axis=1)) - sums[numpy.arange(len(labels)), labels]).mean()

    def predict(self, texts):
        svm, bayes = self.scores(self.x, self.labels, self.features(texts))
        return (self.sharpness * (svm / self.scales[0] + bayes / self.scales[1])).argmax(axis=1)


# -- measures and reports

def accuracy(answers, labels):
    return float((answers == labels).mean())


def mean_iou(answers, labels):
    classes = range(max(answers.max(), labels.max()) + 1)
    return float(numpy.mean([((answers == c) & (labels == c)).sum() / ((answers == c) | (labels == c)).sum() for c in classes]))


missed = []


def report(what, value, wanted=None):
    """A quality figure; where it must reach something and does not, the run fails."""
    verdict = ""
    if wanted is not None:
        verdict = f"   wanted: at least {wanted:.3f}"
        if value < wanted:
            verdict += "   MISSED"
            missed.append(what)
    print(f"{what:<66} {value:.4f}{verdict}", flush=True)


def calibration_loop():
    """Seconds of the processor for a fixed piece of work: how fast this machine is today."""
    start = time.process_time()
    x = 1
    for _ in range(5_000_000):
        x = x * 1103515245 + 12345 & 0x7fffffff
    return time.process_time() - start


# -- parts

def cross_validate(news, engine, seed):
    """Accuracy of engine and peer, mean IoU of the engine."""
    ours, theirs = numpy.empty_like(news.labels), numpy.empty_like(news.labels)
    for rest, fold in StratifiedKFold(5, shuffle=True, random_state=seed).split(news.texts, news.labels):
        ours[fold] = engine.answer(news.pick(rest), news.labels[rest], news.pick(fold))
        theirs[fold] = peer_svm(news.pick(rest), news.labels[rest], news.pick(fold))
    return accuracy(ours, news.labels), accuracy(theirs, news.labels), mean_iou(ours, news.labels)


def bench_folds(news, engine):
    print("-- five folds over the 2,400 texts")
    results = numpy.array([cross_validate(news, engine, seed) for seed in range(SPLITS)])
    for seed, (ours, theirs, iou) in enumerate(results):
        print(f"folds of seed {seed}: hone-engine {ours:.4f} (mean IoU {iou:.4f}), scikit-learn's SVM {theirs:.4f}, {100 * (ours - theirs):+.1f} points")
    ours, theirs, iou = results.mean(axis=0)
    report("accuracy of scikit-learn's word and character LinearSVC", theirs)
    report("accuracy of hone-engine", ours, theirs + 0.01)
    report("mean IoU of hone-engine", iou)


def bench_files(news, engine):
    print("-- trained on two files, asked about the third (800 texts each)")
    for number, name in enumerate(FILES):
        rest, asked = numpy.flatnonzero(news.files != number), numpy.flatnonzero(news.files == number)
        answers = engine.answer(news.pick(rest), news.labels[rest], news.pick(asked))
        peer = peer_svm(news.pick(rest), news.labels[rest], news.pick(asked))
        report(f"accuracy on {name}: hone-engine", accuracy(answers, news.labels[asked]))
        report(f"accuracy on {name}: scikit-learn's LinearSVC", accuracy(peer, news.labels[asked]))
        report(f"mean IoU on {name}: hone-engine", mean_iou(answers, news.labels[asked]))


def draw_evenly(labels, pool, n, generator):
    """As many rows of each category, at random."""
    classes = numpy.unique(labels)
    return numpy.concatenate([generator.choice(pool[labels[pool] == c], n // len(classes), replace=False) for c in classes])


def self_training_splits(news):
    """Pools to draw labels from and texts to ask about, for each draw: folds over all files, and each file left out once."""
    folds = [split for seed in range(DRAWS // 5)
             for split in StratifiedKFold(5, shuffle=True, random_state=seed).split(news.texts, news.labels)]
    files = [(numpy.flatnonzero(news.files != f), numpy.flatnonzero(news.files == f)) for f in range(len(FILES))]
    return {"other texts of the three files": folds, "the file left out": files}


def bench_self_training(news, engine):
    print("-- labels drawn evenly from the training texts, the rest unlabelled")
    for name, splits in self_training_splits(news).items():
        print(f"mean of {len(splits)} draws:")
        for n in LABELS:
            alone, grown = [], []
            for draw, (pool, asked) in enumerate(splits):
                rows = draw_evenly(news.labels, pool, n, numpy.random.default_rng(draw))
                unlabelled = news.pick(numpy.setdiff1d(pool, rows))
                texts, labels, held_out = news.pick(rows), news.labels[rows], news.pick(asked)
                alone.append(accuracy(engine.answer(texts, labels, held_out), news.labels[asked]))
                grown.append(accuracy(engine.answer(texts, labels, held_out, unlabelled), news.labels[asked]))
            report(f"accuracy on {name}, {n} labels alone", numpy.mean(alone))
            report(f"accuracy on {name}, {n} labels and self-training", numpy.mean(grown))
            print(f"{'':<66} {100 * (numpy.mean(grown) - numpy.mean(alone)):+.1f} points", flush=True)


def time_peer(news, asked):
    wall, cpu = time.perf_counter(), time.process_time()
    peer = PeerRecipe()
    peer.train(news.texts, news.labels)
    answers = peer.predict(asked)
    return time.perf_counter() - wall, time.process_time() - cpu, answers


def bench_time(news, engine):
    print("-- time for the same recipe with the same cross-validation: train on 2,400 texts, answer 800; one thread each, best of 3")
    asked, _ = make_texts(news, 800, 2)
    ours, theirs = [], []
    for _ in range(ROUNDS):   # in turn, so that whatever else the machine does hits both
        answers = engine.answer(news.texts, news.labels, asked)
        ours.append((engine.seconds, engine.cpu_seconds))
        *times, peer_answers = time_peer(news, asked)
        theirs.append(times)
    ours, theirs = numpy.min(ours, axis=0), numpy.min(theirs, axis=0)
    print(f"calibration loop {calibration_loop():.2f} s of the processor")
    print(f"hone-engine {ours[0]:.2f} s ({ours[1]:.2f} s of the processor), scikit-learn {theirs[0]:.2f} s ({theirs[1]:.2f} s)")
    print(f"ratio hone-engine / scikit-learn: {ours[0] / theirs[0]:.2f} by the clock, {ours[1] / theirs[1]:.2f} by the processor (wanted: at most 0.5)")
    print(f"equal answers: {accuracy(answers, peer_answers):.3f}")


def make_texts(news, n, seed):
    """Texts of the same kind: the first half of one headline, the second of another of its category, and an invented name, since
    words never seen before do not end in real texts either."""
    generator = random.Random(seed)
    by_category = [[text.split() for text, label in zip(news.texts, news.labels) if label == c] for c in range(len(news.categories))]
    labels = [i % len(by_category) for i in range(n)]
    texts = []
    for label in labels:
        first, second = generator.choice(by_category[label]), generator.choice(by_category[label])
        name = "".join(generator.choice("bcdfghjklmnprstvz") + generator.choice("aeiou") for _ in range(generator.randint(2, 5)))
        texts.append(" ".join(first[:len(first) // 2] + [name.title()] + second[len(second) // 2:]))
    return texts, numpy.array(labels)


def bench_large(news, engine):
    print(f"-- {LARGE:,} texts of the same kind, one thread")
    texts, labels = make_texts(news, LARGE, 1)
    asked, truth = make_texts(news, 800, 2)
    small = []
    for _ in range(ROUNDS):
        engine.answer(texts[:2400], labels[:2400], asked)
        small.append(engine.cpu_seconds)
    answers = engine.answer(texts, labels, asked)
    print(f"calibration loop {calibration_loop():.2f} s of the processor")
    print(f"2,400 texts {min(small):.2f} s of the processor, {LARGE:,} texts {engine.cpu_seconds:.1f} s ({engine.seconds:.1f} s by the clock)")
    print(f"ratio to proportional time: {engine.cpu_seconds / min(small) / (LARGE / 2400):.2f} (wanted: at most 10)")
    print(f"peak memory: {engine.peak:.0f} MiB (wanted: below 1024)")
    print(f"accuracy on 800 made like them: {accuracy(answers, truth):.3f}")


PARTS = {"folds": bench_folds, "files": bench_files, "self-training": bench_self_training, "time": bench_time, "large": bench_large}


def main():
    if len(sys.argv) < 3 or not set(sys.argv[3:]) <= set(PARTS):
        sys.exit(__doc__)
    news = News(pathlib.Path(sys.argv[2]))
    engine = Engine(os.path.abspath(sys.argv[1]), len(news.categories))
    for part in sys.argv[3:] or PARTS:
        PARTS[part](news, engine)
    if missed:
        sys.exit(f"{len(missed)} figures are below what is wanted")


if __name__ == "__main__":
    main()
