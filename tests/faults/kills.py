#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kills.py HONE-CLI HONE-ENGINE: kill -9 of command line and engine at random moments during import, labeling and training.

After each kill the project is checked: SQLite's integrity check, an import is there whole or not at all, every label whose command
had ended with 0 is still there, a run is found again and ends. HONE_KILLS says how many rounds (20), HONE_SEED which moments.
"""
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

CLI, ENGINE = (os.path.abspath(path) for path in sys.argv[1:3])
ROUNDS = int(os.environ.get('HONE_KILLS', '20'))
SEED = int(os.environ.get('HONE_SEED', str(random.randrange(10**6))))
CATEGORIES = ('RED', 'GREEN', 'BLUE')
WORDS = {'RED': 'rose cherry brick tomato fire', 'GREEN': 'grass moss fern lime frog', 'BLUE': 'sky sea ink jeans ice'}


class Failure(Exception):
    pass


def check(holds, message):
    if not holds:
        raise Failure(message)


class Project:
    def __init__(self, folder, rng):
        self.folder, self.rng = folder, rng
        self.path = os.path.join(folder, 'kills.hone')
        self.env = dict(os.environ, HOME=folder, XDG_DATA_HOME=os.path.join(folder, 'data'),
                        XDG_CONFIG_HOME=os.path.join(folder, 'config'), XDG_CACHE_HOME=os.path.join(folder, 'cache'),
                        HONE_ENGINE=ENGINE)
        self.imports = 0
        self.expected_examples = 0
        self.acknowledged = {}
        ontology = os.path.join(folder, 'categories.txt')
        with open(ontology, 'w') as file:
            file.write('\n'.join(CATEGORIES) + '\n')
        self.must('new', self.path, '--ontology', ontology, '--seed', '7')
        self.add_texts('base', 600, label=True)
        self.must('import', self.path, os.path.join(folder, 'base.csv'), '--split', '80/20')
        self.expected_examples = 600

    def add_texts(self, name, n, label):
        with open(os.path.join(self.folder, name + '.csv'), 'w') as file:
            file.write('id,text,label\n')
            for i in range(n):
                category = CATEGORIES[i % 3]
                words = ' '.join(self.rng.choice(WORDS[category].split()) for _ in range(4))
                file.write('%s-%d,%s number %s %d,%s\n' % (name, i, words, name, i, category if label else ''))

    def start(self, *args):
        return subprocess.Popen([CLI, *args], env=self.env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                stderr=subprocess.PIPE, text=True)

    def run(self, *args):
        return subprocess.run([CLI, *args], env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=300)

    def must(self, *args):
        done = self.run(*args)
        check(done.returncode == 0, 'hone-cli %s ended with %d: %s' % (' '.join(args), done.returncode, done.stderr.strip()))
        return done.stdout

    def kill_at_random(self, process, longest):
        """Waits up to `longest` seconds, then kills. True if the program had ended by itself with 0."""
        try:
            process.wait(self.rng.uniform(0, longest))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        errors = process.stderr.read()
        process.stderr.close()
        check(process.returncode in (0, -signal.SIGKILL), 'ended with %d: %s' % (process.returncode, errors.strip()))
        return process.returncode == 0

    def examine(self):
        """Integrity, and the texts and labels that the project gives out."""
        self.must('runs', self.path)
        connection = sqlite3.connect('file:%s?mode=rw' % self.path, uri=True)
        try:
            verdict = connection.execute('PRAGMA integrity_check').fetchone()[0]
        finally:
            connection.close()
        check(verdict == 'ok', 'integrity check says: %s' % verdict)
        output = os.path.join(self.folder, 'export.jsonl')
        if os.path.exists(output):
            os.unlink(output)
        self.must('export', self.path, '--what', 'labels', '--format', 'hone-jsonl', '--output', output)
        examples, labels = set(), {}
        with open(output) as file:
            for line in file:
                record = json.loads(line)
                if 'example' in record:
                    examples.add(record['example'])
                elif 'label' in record:
                    labels.setdefault(record['label'], set()).update(record['categories'])
        for example, category in self.acknowledged.items():
            check(category in labels.get(example, ()), 'the label %s of %s is lost' % (category, example))
        return examples

    def kill_import(self):
        self.imports += 1
        name = 'more%d' % self.imports
        self.add_texts(name, 4000, label=False)
        finished = self.kill_at_random(self.start('import', self.path, os.path.join(self.folder, name + '.csv')), 0.6)
        n = len(self.examine())
        whole = self.expected_examples + 4000
        check(n in (whole, self.expected_examples), 'an import left %d of 4000 texts' % (n - self.expected_examples))
        check(not finished or n == whole, 'an import that ended well is not there')
        self.expected_examples = n

    def kill_labeling(self):
        """Labels one after another; a shell loop keeps going until it is killed."""
        deadline = time.monotonic() + self.rng.uniform(0.05, 0.6)
        while time.monotonic() < deadline:
            example = 'base-%d' % self.rng.randrange(600)
            category = self.rng.choice(CATEGORIES)
            process = self.start('label', self.path, '--id', example, '--category', category, '--author', 'ana')
            if self.kill_at_random(process, max(0.02, deadline - time.monotonic())):
                self.acknowledged[example] = category
            else:
                self.acknowledged.pop(example, None)    # killed: either label may stand
        self.examine()

    def kill_training(self, kill_engine):
        process = self.start('tune', self.path, '--experiment', 'kills', '--method', 'ngrams')
        try:
            process.wait(self.rng.uniform(0.05, 1.5))
        except subprocess.TimeoutExpired:
            if kill_engine:
                for pid in self.engines():
                    os.kill(pid, signal.SIGKILL)
            else:
                process.send_signal(signal.SIGKILL)
        try:
            process.wait(120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failure('tune hangs after its engine was killed')
        finally:
            process.stderr.close()
        self.must('runs', self.path, '--watch')
        check(not self.engines(), 'an engine is left over when no run is active')
        self.examine()
        self.must('tune', self.path, '--experiment', 'kills', '--method', 'ngrams')

    def engines(self):
        """Engines whose working directory lies below our data folder."""
        found = []
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                if (os.path.realpath('/proc/%s/exe' % pid) == os.path.realpath(ENGINE)
                        and os.path.realpath('/proc/%s/cwd' % pid).startswith(os.path.realpath(self.folder))):
                    found.append(int(pid))
            except OSError:
                pass
        return found


def main():
    rng = random.Random(SEED)
    folder = tempfile.mkdtemp(prefix='hone-kills-')
    print('%d rounds, seed %d' % (ROUNDS, SEED), flush=True)
    try:
        project = Project(folder, rng)
        steps = (project.kill_import, project.kill_labeling, lambda: project.kill_training(False), lambda: project.kill_training(True))
        for n in range(ROUNDS):
            steps[n % len(steps)]()
    except Failure as failure:
        print('round failed, folder kept: %s\n%s' % (folder, failure))
        return 1
    shutil.rmtree(folder)
    print('no label lost, %d labels acknowledged' % len(project.acknowledged))
    return 0


sys.exit(main())
