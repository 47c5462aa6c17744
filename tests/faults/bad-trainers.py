#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bad-trainers.py HONE-CLI HONE-ENGINE TRAINER: trainers that do what they should not, and projects that go away meanwhile.

TRAINER is the one of tests/jobs, which does wrong what HONE_TEST_FAULT names. Each fault ends the run with exit status 1 and a
sentence that names the trainer and what it did; texts and labels stay, and the same run resumed with a sane trainer succeeds.
"""
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import harness
from harness import check

FAULTS = (
    ('crash', ['exit status 3', 'log.txt']),
    ('killed', ['signal 9', 'log.txt']),
    ('rubbish', ['“done”', 'no event', 'log.txt']),
    ('huge-line', ['1048576 bytes']),
    ('no-done', ['“done”', 'log.txt']),
    ('after-done', ['“done”', 'log.txt']),
    ('error', ['not enough memory', 'use fewer texts']),
    ('outside', ['etc/hostname', 'not in its folder']),
    ('absolute', ['model.json', 'leads out of its folder']),
    ('link', ['“linked”', 'leads out of its folder']),
    ('absent', ['nothing.json', 'not in its folder']),
    ('checksum', ['model.json', 'checksum']),
    ('helper', ['exit status 4']),
    ('duplicate', ['twice']),
    ('unasked', ['999999']),
    ('category', ['WEATHER']),
    ('confidence', ['between 0 and 1']),
    ('two', ['2 categories']),
    ('rubbish-answer', ['line 31', 'not JSON']),
    ('huge-answer', ['1048576 bytes']),
)

cli = None
trainer = None
before = None


def setup():
    lines = ['id,text,label,split']
    for i in range(30):
        lines += ['a%d,goal match number %d,SPORTS,train' % (i, i), 'b%d,bank share number %d,MONEY,train' % (i, i),
                  'v%d,goal match bank %d,SPORTS,validation' % (i, i + 100)]
    cli.write('texts.csv', '\n'.join(lines) + '\n')
    cli.must('new', 'base.hone')
    cli.must('import', 'base.hone', 'texts.csv')
    return cli.contents('base.hone')


def fresh(project='p.hone'):
    for name in os.listdir(cli.folder):
        if name.startswith((project, '.' + project)):
            os.unlink(cli.path(name))
    shutil.copy(cli.path('base.hone'), cli.path(project))


def without_name(lines):
    return [line for line in lines if not line.startswith('{"hone"')]


def assert_unchanged(project='p.hone'):
    cli.assert_whole(project)
    check(without_name(cli.contents(project)) == without_name(before), 'texts or labels were changed')


def states(project='p.hone'):
    return [(run['kind'], run['state']) for run in json.loads(cli.must('runs', project, '--json'))['runs']]


def fault(name, words):
    def test():
        fresh()
        cli.refuse(1, ['trainer.py'] + words, 'tune', 'p.hone', '--experiment', 'e', '--trainer', trainer, HONE_TEST_FAULT=name)
        check(states() == [('tune', 'failed')], 'the run is %s' % states())
        assert_unchanged()
        check(cli.run('evaluate', 'p.hone', '--experiment', 'e@1').returncode == 3, 'there is an iteration of a run that failed')
        cli.must('runs', 'p.hone', '--resume', '1')
        scores = json.loads(cli.must('evaluate', 'p.hone', '--experiment', 'e@1', '--json'))
        check(scores['n'] == 30, 'after the resume: %s' % scores['n'])
    return test


def missing():
    fresh()
    cli.write('no-program.txt', 'this is text\n')
    for path in ('/nonexistent/trainer', cli.path('no-program.txt'), cli.folder):
        cli.refuse(1, [path, 'cannot be run'], 'tune', 'p.hone', '--experiment', 'e', '--trainer', path)
    cli.refuse(1, ['/nonexistent/engine', 'HONE_ENGINE'], 'tune', 'p.hone', '--experiment', 'e', '--method', 'ngrams',
               HONE_ENGINE='/nonexistent/engine')
    assert_unchanged()


def no_interpreter():
    """The kernel refuses to run it; that must not look like a hang."""
    fresh()
    os.chmod(cli.write('strange', '#!/nonexistent/interpreter\n'), 0o755)
    os.chmod(cli.write('rubbish', bytes(range(256)) * 10), 0o755)
    for name in ('strange', 'rubbish'):
        cli.refuse(1, [name], 'tune', 'p.hone', '--experiment', name, '--trainer', cli.path(name))
    assert_unchanged()


def engine_that_is_none():
    """Something else stands where the engine should be."""
    fresh()
    cli.refuse(1, ['hone-engine', '“done”'], 'tune', 'p.hone', '--experiment', 'e', '--method', 'ngrams', HONE_ENGINE='/bin/true')
    cli.refuse(1, ['hone-engine', 'exit status 1'], 'tune', 'p.hone', '--experiment', 'f', '--method', 'ngrams', HONE_ENGINE='/bin/false')
    assert_unchanged()


def wait_for(holds, what, seconds=60):
    deadline = time.monotonic() + seconds
    while not holds():
        check(time.monotonic() < deadline, 'waited for %s in vain' % what)
        time.sleep(0.02)


def train_progress():
    """The events of the newest run tell that it trains."""
    newest, text = 0, ''
    for folder, _, files in os.walk(cli.path('data', 'hone', 'runs')):
        path = os.path.join(folder, 'events.jsonl')
        if 'events.jsonl' in files and os.path.getmtime(path) > newest:
            newest, text = os.path.getmtime(path), open(path, errors='replace').read()
    return '"progress"' in text


def clear_runs():
    shutil.rmtree(cli.path('data'), ignore_errors=True)


def hang():
    """A trainer that ignores SIGTERM is killed some seconds after the user gave up."""
    fresh()
    clear_runs()
    process = cli.start('tune', 'p.hone', '--experiment', 'e', '--trainer', trainer, HONE_TEST_FAULT='hang')
    wait_for(train_progress, 'the trainer')
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    check(process.returncode == 4, 'status %d: %s' % (process.returncode, errors))
    check(states() == [('tune', 'cancelled')], 'the run is %s' % states())
    left = subprocess.run(['pgrep', '-f', cli.path('data')], capture_output=True, text=True)
    check(left.returncode != 0, 'the trainer lives on: %s' % left.stdout)
    assert_unchanged()


def project_removed():
    """Whoever deletes the file of a project that is open is told; nothing is made in its place."""
    fresh()
    clear_runs()
    process = cli.start('tune', 'p.hone', '--experiment', 'e', '--trainer', trainer, HONE_TEST_FAULT='slow')
    wait_for(train_progress, 'the trainer')
    for name in os.listdir(cli.folder):
        if name.startswith('p.hone'):
            os.unlink(cli.path(name))
    _, errors = process.communicate(timeout=60)
    check(process.returncode == 1, 'status %d: %s' % (process.returncode, errors))
    check('p.hone' in errors and 'removed' in errors, 'says: %s' % errors)
    check(not os.path.exists(cli.path('p.hone')), 'a new file stands where the project was')


def project_replaced():
    """Another project under the same name is not written into."""
    fresh()
    clear_runs()
    process = cli.start('tune', 'p.hone', '--experiment', 'e', '--trainer', trainer, HONE_TEST_FAULT='slow')
    wait_for(train_progress, 'the trainer')
    shutil.copy(cli.path('base.hone'), cli.path('other.hone'))
    os.rename(cli.path('other.hone'), cli.path('p.hone'))
    content = open(cli.path('p.hone'), 'rb').read()
    _, errors = process.communicate(timeout=60)
    check(process.returncode == 1, 'status %d: %s' % (process.returncode, errors))
    check('p.hone' in errors and 'moved or removed' in errors, 'says: %s' % errors)
    check(open(cli.path('p.hone'), 'rb').read() == content, 'the other project was written into')


def project_locked():
    """One process writes; another is told which, may read, and the label it could not give is not half given."""
    fresh()
    clear_runs()
    process = cli.start('tune', 'p.hone', '--experiment', 'e', '--trainer', trainer, HONE_TEST_FAULT='slow')
    wait_for(train_progress, 'the trainer')
    for command in (['label', 'p.hone', '--id', 'a1', '--category', 'MONEY'], ['import', 'p.hone', 'texts.csv'],
                    ['split', 'p.hone', '--set', '80/20'], ['tune', 'p.hone', '--experiment', 'f', '--trainer', trainer]):
        cli.refuse(1, [str(process.pid)], *command)
    check(without_name(cli.contents()) == without_name(before), 'reading beside the writer shows something else')
    _, errors = process.communicate(timeout=60)
    check(process.returncode == 0, 'the writer was disturbed: %s' % errors)
    assert_unchanged()


def watcher_takes_over():
    """Who watches the runs of another process goes on with them when that one is gone, instead of waiting for ever."""
    fresh()
    clear_runs()
    process = cli.start('tune', 'p.hone', '--experiment', 'e', '--trainer', trainer, HONE_TEST_FAULT='slow', HONE_TEST_STEPS='100')
    wait_for(train_progress, 'the trainer')
    watcher = cli.start('runs', 'p.hone', '--watch')
    time.sleep(0.5)         # long enough to find the other at work; either way it has to end
    process.kill()
    process.communicate()
    try:
        _, errors = watcher.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        watcher.kill()
        raise harness.Failure('the watcher waits for a process that is gone')
    check(watcher.returncode == 0, 'status %d: %s' % (watcher.returncode, errors))
    check(states() == [('tune', 'succeeded')], 'the run is %s' % states())


def main():
    global cli, trainer, before
    cli = harness.Cli(sys.argv[1], sys.argv[2], 'hone-bad-trainers-')
    trainer = os.path.abspath(sys.argv[3])
    try:
        before = setup()
        tests = [('fault/' + name, fault(name, words)) for name, words in FAULTS]
        tests += [('missing', missing), ('no-interpreter', no_interpreter), ('engine-that-is-none', engine_that_is_none), ('hang', hang),
                  ('project/removed', project_removed), ('project/replaced', project_replaced), ('project/locked', project_locked),
                  ('watcher-takes-over', watcher_takes_over)]
        harness.run_tests(tests, sys.argv[4:])
    finally:
        cli.remove()


main()
