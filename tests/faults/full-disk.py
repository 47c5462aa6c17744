#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""full-disk.py HONE-CLI HONE-ENGINE PRELOAD: every write and sync of every command fails in turn, and all after it.

Whatever the moment: the command says so with exit status 1, the project is whole and holds either all that the command does to
texts and labels or nothing of it, a command that says 0 has done its work, and once there is room again the same command works.
HONE_KILLS of 100 or more tries every moment, otherwise the first ten and then fewer and fewer.
"""
import os
import shutil
import sys

import harness
from harness import check

EVERY = int(os.environ.get('HONE_KILLS', '20')) >= 100

# The command and what it writes beside the project.
COMMANDS = (
    ('import', ['import', 'p.hone', 'more.csv'], None),
    ('label', ['label', 'p.hone', '--id', 't1', '--category', 'BLUE', '--author', 'ada'], None),
    ('simulate', ['label', 'p.hone', '--simulate', '20'], None),
    ('ontology', ['ontology', 'p.hone', '--set', 'wider.txt'], None),
    ('split', ['split', 'p.hone', '--set', '50/50'], None),
    ('export', ['export', 'p.hone', '--what', 'labels', '--format', 'jsonl', '--output', 'out.jsonl'], 'out.jsonl'),
    ('report', ['report', 'p.hone', '--experiment', 'e', '--output', 'out.md'], 'out.md'),
    ('classify', ['classify', 'p.hone', '--experiment', 'e', 'new.csv', '--output', 'out.csv'], 'out.csv'),
    ('predict', ['predict', 'p.hone', '--experiment', 'e', '--split', 'train'], None),
    ('tune', ['tune', 'p.hone', '--experiment', 'e', '--method', 'ngrams'], None),
)

OLD = b'what stood here before\n'

cli = None
preload = None


def setup():
    words = {'RED': 'rose cherry brick', 'GREEN': 'grass moss fern', 'BLUE': 'sky sea ink'}
    keys = sorted(words)
    rows = ['id,text,label']
    rows += ['t%d,%s number %d,%s' % (i, words[keys[i % 3]], i, keys[i % 3]) for i in range(90)]
    cli.write('texts.csv', '\n'.join(rows) + '\n')
    cli.write('known.csv', '\n'.join(['id,text,label'] + ['k%d,%s hidden %d,%s' % (i, words[keys[i % 3]], i, keys[i % 3])
                                                            for i in range(60)]) + '\n')
    cli.write('more.csv', '\n'.join(['id,text,label'] + ['m%d,%s more %d,%s' % (i, words[keys[i % 3]], i, keys[i % 3])
                                                           for i in range(600)]) + '\n')
    cli.write('new.csv', '\n'.join(['text'] + ['%s new %d' % (words[keys[i % 3]], i) for i in range(50)]) + '\n')
    cli.write('cats.txt', '\n'.join(keys) + '\n')
    cli.write('wider.txt', '\n'.join(keys + ['BLACK']) + '\n')
    cli.must('new', 'base.hone', '--ontology', 'cats.txt', '--seed', '5')
    cli.must('import', 'base.hone', 'texts.csv', '--split', '70/30')
    cli.must('import', 'base.hone', 'known.csv', '--labels', 'known')
    cli.must('tune', 'base.hone', '--experiment', 'e', '--method', 'ngrams')
    shutil.copytree(cli.path('data'), cli.path('data.base'))


def fresh(output):
    """The project and its runs as they were, nothing where the command writes."""
    for name in os.listdir(cli.folder):
        if name.startswith(('p.hone', '.p.hone', 'new.hone', '.new.hone', 'out.', '.out.', 'fired')):
            os.unlink(cli.path(name))
    shutil.rmtree(cli.path('data'))
    shutil.copytree(cli.path('data.base'), cli.path('data'))
    shutil.copy(cli.path('base.hone'), cli.path('p.hone'))
    if output:
        cli.write(output, OLD)


def contents(project):
    """Without the times, in which two runs of one command differ."""
    records = cli.records(project)
    for record in records:
        record.pop('time', None)
    return records


def read(output):
    return open(cli.path(output), 'rb').read() if os.path.exists(cli.path(output)) else None


def moments():
    nth = 1
    while True:
        yield nth
        nth += 1 if EVERY or nth < 10 else nth // 5


def run_with_fault(nth, command):
    return cli.run(*command, LD_PRELOAD=preload, HONE_FAULT_AT=str(nth), HONE_FAULT_UNDER=cli.folder,
                   HONE_FAULT_FIRED=cli.path('fired'))


def every_moment(name, command, output):
    def test():
        fresh(output)
        before = contents('p.hone')
        cli.must(*command)
        after, written = contents('p.hone'), read(output) if output else None
        tried = 0
        for nth in moments():
            fresh(output)
            done = run_with_fault(nth, command)
            where = '%s, write or sync %d: status %d, says: %s' % (name, nth, done.returncode, done.stderr.strip()[-300:])
            if not os.path.exists(cli.path('fired')):
                check(done.returncode == 0, where)
                break
            tried += 1
            check(done.returncode in (0, 1), where)
            check(done.returncode == 0 or 'hone-cli: ' in done.stderr, where)
            cli.assert_whole('p.hone')
            now = contents('p.hone')
            check(now == after or done.returncode == 1 and now == before, where + '; texts or labels are neither as before nor as wanted')
            if output:
                wanted = (written,) if done.returncode == 0 else (OLD, None)
                check(read(output) in wanted, where + '; the output holds: %s' % (read(output) or b'')[:80])
            if now == before:
                cli.must(*command)
                check(contents('p.hone') == after, where + '; and with room again texts and labels are others')
        check(tried > 0, 'nothing failed in %s' % name)
        print('# %s: %d moments' % (name, tried))
    return test


def new():
    """A project that could not be made is not there, or is one that opens."""
    for nth in moments():
        fresh(None)
        done = run_with_fault(nth, ['new', 'new.hone', '--ontology', 'cats.txt'])
        where = 'new, write or sync %d: status %d, says: %s' % (nth, done.returncode, done.stderr.strip()[-300:])
        if not os.path.exists(cli.path('fired')):
            break
        check(done.returncode in (0, 1), where)
        if os.path.exists(cli.path('new.hone')):
            cli.assert_whole('new.hone')
            cli.must('ontology', 'new.hone', '--set', 'cats.txt')
        else:
            cli.must('new', 'new.hone')
    check(nth > 1, 'nothing failed in new')


def main():
    global cli, preload
    cli = harness.Cli(sys.argv[1], sys.argv[2], 'hone-full-disk-')
    preload = os.path.abspath(sys.argv[3])
    try:
        setup()
        tests = [('new', new)] + [(name, every_moment(name, command, output)) for name, command, output in COMMANDS]
        harness.run_tests(tests, sys.argv[4:])
    finally:
        cli.remove()


main()
