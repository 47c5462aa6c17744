#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kills.py HONE-CLI HONE-ENGINE: kill -9 of command line and engine at random moments during import, labeling and training.

A journal of our own says what each command that ended with 0 had promised. After each kill the project is held against it: SQLite
finds nothing wrong, an import or a simulated labeling is there whole or not at all, each acknowledged label is there once and as
it was given, no refused one is, and a run is found again and ends. How long each command takes undisturbed is measured first, so
that the moments lie all over it. HONE_KILLS says how many kills (20), HONE_SEED which moments.
"""
import collections
import os
import random
import signal
import subprocess
import sys
import time

import harness
from harness import Failure, check

ROUNDS = int(os.environ.get('HONE_KILLS', '20'))
SEED = int(os.environ.get('HONE_SEED', str(random.randrange(10**6))))
CATEGORIES = ('RED', 'GREEN', 'BLUE')
WORDS = {'RED': 'rose cherry brick tomato fire', 'GREEN': 'grass moss fern lime frog', 'BLUE': 'sky sea ink jeans ice'}
ROUNDS_OF_PROJECT = 20
N_IMPORT = 4000
N_REVEAL = 300
TUNE = ('tune', 'p.hone', '--experiment', 'kills', '--method', 'ngrams')


def category_of(example):
    """Known by the number in the id, whoever asks."""
    return CATEGORIES[int(example.rsplit('-', 1)[1]) % len(CATEGORIES)]


class Kills:
    def __init__(self, cli, rng):
        self.cli, self.rng = cli, rng
        self.imported = {}                  # name of a file → how many of its texts and labels are there
        self.labels = {}                    # author, new for each label → (example, whether it must, may or must not be there)
        self.revealed = 0
        self.hits = collections.Counter()
        self.n_authors = 0
        cli.write('categories.txt', '\n'.join(CATEGORIES) + '\n')
        cli.must('new', 'p.hone', '--ontology', 'categories.txt', '--seed', '7')
        self.write_texts('base', 600, True)
        self.write_texts('open', 400, False)
        cli.must('import', 'p.hone', 'base.csv', '--split', '80/20')
        cli.must('import', 'p.hone', 'open.csv', '--split', 'train')
        self.imported.update(base=600, open=400)
        self.add_known()
        self.seconds = {
            'import': self.measure('import', 'p.hone', self.new_file(), '--split', 'test'),
            'label': self.measure('label', 'p.hone', '--id', 'open-1', '--category', category_of('open-1'), '--author', self.new_author('open-1')),
            'simulate': self.measure('label', 'p.hone', '--simulate', str(N_REVEAL)),
            'tune': self.measure(*TUNE),
        }
        self.imported['more-1'] = N_IMPORT
        self.labels['author-1'] = ('open-1', 'must')
        self.revealed += N_REVEAL
        self.examine()

    # -- what is put in

    def write_texts(self, name, n, labelled):
        lines = ['id,text,label']
        for i in range(n):
            category = category_of('%s-%d' % (name, i))
            words = ' '.join(self.rng.choice(WORDS[category].split()) for _ in range(4))
            lines.append('%s-%d,%s number %s %d,%s' % (name, i, words, name, i, category if labelled else ''))
        return self.cli.write(name + '.csv', '\n'.join(lines) + '\n')

    def new_file(self):
        name = 'more-%d' % (1 + sum(known.startswith('more-') for known in self.imported))
        self.imported.setdefault(name, 0)
        return os.path.basename(self.write_texts(name, N_IMPORT, True))

    def new_author(self, example):
        self.n_authors += 1
        author = 'author-%d' % self.n_authors
        self.labels[author] = (example, 'must not')
        return author

    def add_known(self):
        name = 'known-%d' % (1 + sum(known.startswith('known-') for known in self.imported))
        self.write_texts(name, 3000, True)
        self.cli.must('import', 'p.hone', name + '.csv', '--labels', 'known')
        self.imported[name] = 3000

    def measure(self, *command):
        started = time.monotonic()
        self.cli.must(*command)
        return time.monotonic() - started

    # -- the kills

    def moment(self, what):
        return self.rng.uniform(0, 1.1 * self.seconds[what])

    def end(self, kind, process, may_be_refused=False):
        """Kills it if it still runs. Returns 'must', 'may' or 'must not': what has to be there of its work."""
        process.send_signal(signal.SIGKILL)     # reaches nobody if it ended before
        _, errors = process.communicate()
        if process.returncode == -signal.SIGKILL:
            self.hits[kind] += 1
            return 'may'
        if process.returncode == 0:
            return 'must'
        check(may_be_refused and 'is being written by' in errors, '%s ended with %d: %s' % (kind, process.returncode, errors.strip()))
        return 'must not'

    def kill_import(self):
        name = self.new_file()
        process = self.cli.start('import', 'p.hone', name, '--split', 'test')
        time.sleep(self.moment('import'))
        outcome = self.end('import', process)
        self.imported[name[:-4]] = {'must': N_IMPORT, 'may': None}[outcome]
        self.examine()

    def kill_labels(self):
        """Some that are left in peace, then three at once, which shut each other out, and three more, until the moment comes."""
        processes = []
        for _ in range(5):
            example = 'open-%d' % self.rng.randrange(400)
            author = self.new_author(example)
            self.cli.must('label', 'p.hone', '--id', example, '--category', category_of(example), '--author', author)
            self.labels[author] = (example, 'must')
        deadline = time.monotonic() + self.moment('label') * 8
        while True:
            for _ in range(3):
                example = 'open-%d' % self.rng.randrange(400)
                author = self.new_author(example)
                processes.append((author, self.cli.start('label', 'p.hone', '--id', example, '--category', category_of(example),
                                                         '--author', author)))
            if time.monotonic() >= deadline:
                break
            processes[-1][1].wait()
        for author, process in processes:
            self.labels[author] = (self.labels[author][0], self.end('label', process, True))
        self.examine()

    def kill_simulate(self):
        hidden = sum(n for name, n in self.imported.items() if name.startswith('known-')) - self.revealed
        if hidden < N_REVEAL:
            self.add_known()
        process = self.cli.start('label', 'p.hone', '--simulate', str(N_REVEAL))
        time.sleep(self.moment('simulate'))
        outcome = self.end('simulate', process)
        self.examine(1 if outcome == 'must' else 0, 1)

    def kill_command_line(self):
        process = self.cli.start(*TUNE)
        time.sleep(self.moment('tune'))
        self.end('command line', process)
        self.come_back()

    def kill_engine(self):
        process = self.cli.start(*TUNE)
        time.sleep(self.moment('tune'))
        victims = self.engines()
        while not victims and process.poll() is None:   # between two engines: the next one, as soon as it is there
            time.sleep(0.005)
            victims = self.engines()
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        try:
            _, errors = process.communicate(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            raise Failure('tune hangs after its engine was killed')
        if victims:
            self.hits['engine'] += 1
        check(process.returncode == 0 or process.returncode == 1 and victims, 'tune ended with %d: %s' % (process.returncode, errors))
        self.come_back()

    def come_back(self):
        """Whoever comes next finds the run, sees it end, and can train again."""
        self.cli.must('runs', 'p.hone', '--watch')
        check(not self.engines(), 'an engine is left over when no run is active')
        self.examine()
        self.cli.must(*TUNE)

    def engines(self):
        """Engines whose working directory lies below our data folder."""
        found = []
        for pid in filter(str.isdigit, os.listdir('/proc')):
            try:
                if (os.path.realpath('/proc/%s/exe' % pid) == os.path.realpath(self.cli.engine)
                        and os.path.realpath('/proc/%s/cwd' % pid).startswith(self.cli.folder)):
                    found.append(int(pid))
            except OSError:
                pass
        return found

    # -- the project against the journal

    def examine(self, least_reveals=0, most_reveals=0):
        self.cli.must('runs', 'p.hone', '--watch')      # opens for writing, which carries out what was decided before the kill
        self.cli.assert_whole()
        texts, labels, authors, simulated = collections.Counter(), collections.Counter(), {}, 0
        for record in self.cli.records():
            if 'example' in record:
                texts[record['example'].rsplit('-', 1)[0]] += 1
            elif 'label' in record:
                example = record['label']
                check(record['categories'] == [category_of(example)], 'the label of %s is %s' % (example, record['categories']))
                if record['origin'] == 'simulated':
                    simulated += 1
                elif record['author'] in self.labels:
                    check(record['author'] not in authors, 'the label of %s is there twice' % record['author'])
                    authors[record['author']] = example
                else:
                    labels[example.rsplit('-', 1)[0]] += 1
        self.examine_imports(texts, labels)
        for author, (example, there) in self.labels.items():
            check(there != 'must' or authors.get(author) == example, 'the label that %s gave %s is lost' % (author, example))
            check(there != 'must not' or author not in authors, 'the refused label of %s is there' % author)
            check(authors.get(author) in (None, example), 'the label of %s is at another text' % author)
            if there == 'may':      # from now on it stays as it is
                self.labels[author] = (example, 'must' if author in authors else 'must not')
        reveals = (simulated - self.revealed) / N_REVEAL
        check(least_reveals <= reveals <= most_reveals and reveals == int(reveals),
              '%d known answers were revealed, %d before' % (simulated, self.revealed))
        self.revealed = simulated

    def examine_imports(self, texts, labels):
        for name, n in self.imported.items():
            wanted = (0, N_IMPORT) if n is None else (n,)
            check(texts[name] in wanted, 'the import %s left %d texts' % (name, texts[name]))
            if name.startswith(('base', 'more')):
                check(labels[name] == texts[name], 'the import %s left %d texts and %d labels' % (name, texts[name], labels[name]))
            self.imported[name] = texts[name]


def run_rounds(cli, rng, rounds, hits):
    """On a project of their own, so that it stays small."""
    kills = Kills(cli, rng)
    steps = (kills.kill_import, kills.kill_labels, kills.kill_simulate, kills.kill_command_line, kills.kill_engine)
    for n in range(rounds):
        steps[n % len(steps)]()
    acknowledged = sum(there == 'must' for _, there in kills.labels.values())
    print('%d kills, no label lost: %d acknowledged one by one, %d revealed, %d texts imported; killed while at work: %s'
          % (rounds, acknowledged, kills.revealed, sum(kills.imported.values()), dict(kills.hits)), flush=True)
    hits.update(kills.hits)


def main():
    rng, hits = random.Random(SEED), collections.Counter()
    print('%d kills, seed %d' % (ROUNDS, SEED), flush=True)
    for begin in range(0, ROUNDS, ROUNDS_OF_PROJECT):
        cli = harness.Cli(sys.argv[1], sys.argv[2], 'hone-kills-')
        try:
            run_rounds(cli, rng, min(ROUNDS_OF_PROJECT, ROUNDS - begin), hits)
        except Failure as failure:
            print('round failed, folder kept: %s\n%s' % (cli.folder, failure))
            return 1
        cli.remove()
    if ROUNDS >= 20 and sum(hits.values()) < ROUNDS // 4:
        print('but too few kills met a program that was still at work')
        return 1
    return 0


sys.exit(main())
