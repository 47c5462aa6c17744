#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""kills.py HONE HONE-CLI: kill -9 of the window while one labels, and while it trains.

A label that the next text followed was given: it has to be there after each kill, once and as it was. A training that was under way is
found again by the next window, or resumed after it. HONE_WINDOW_KILLS says how many kills of each (2).
"""
import json
import os
import random
import sqlite3
import sys
import time

import keyboard
import walk as walks
from walk import check

ROUNDS = int(os.environ.get('HONE_WINDOW_KILLS', '2'))


def read_labels(walk, project):
    """Of people, by the text they were given to: all that stand."""
    output = walk.path('labels.jsonl')
    walk.run_cli('export', project, '--what', 'labels', '--format', 'hone-jsonl', '--output', output)
    with open(output, encoding='utf-8') as file:
        records = [json.loads(line) for line in file]
    os.unlink(output)
    texts = {record['example']: record['text'] for record in records if 'example' in record}
    labels = [(texts[record['label']], record['categories'][0]) for record in records
              if 'label' in record and record['origin'] not in ('imported', 'simulated')]
    check(len(labels) == len(set(labels)), 'a label is there twice')
    return dict(labels)


def assert_whole(project):
    connection = sqlite3.connect(project)
    verdict = connection.execute('PRAGMA integrity_check').fetchone()[0]
    connection.close()
    check(verdict == 'ok', 'integrity check says: %s' % verdict)


def label_until_killed(walk, answers, given):
    """Labels some texts; the last key is followed by the kill at once, so that its label may be there or not."""
    walk.wait('entry', 'Text to label')
    walk.key('ctrl+l')
    walk.driver.settle()
    keys = keyboard.read_keys(walk)
    for _ in range(random.randint(1, 4)):
        text = walk.wait('entry', 'Text to label').text
        walk.key(keys[keyboard.plain(answers[text])])
        walk.wait_for_other_text(text)
        given[text] = answers[text]
    text = walk.wait('entry', 'Text to label').text
    walk.key(keys[keyboard.plain(answers[text])])
    walk.kill(random.uniform(0, 0.05))
    return text


def kill_labeling(walk, answers):
    given = {}
    for _ in range(ROUNDS):
        walk.start('--sample')
        last = label_until_killed(walk, answers, given)
        project = walk.find_file('sample.hone')
        assert_whole(project)
        found = read_labels(walk, project)
        for text, category in given.items():
            check(keyboard.plain(found.get(text, '')) == keyboard.plain(category), 'the label of “%s” is lost' % text)
        check(set(found) - set(given) <= {last}, 'there are labels that nobody gave')
        given.update({text: answers[text] for text in found})


def read_runs(walk, project):
    return json.loads(walk.run_cli('runs', project, '--json'))['runs']


def wait_for_runs(walk, project):
    """Until each run has ended, or waits for somebody to resume it. Returns how many succeeded."""
    end = time.monotonic() + 120
    while True:
        states = [run['state'] for run in read_runs(walk, project)]
        if len(states) == ROUNDS and set(states) <= {'succeeded', 'interrupted'}:
            return states.count('succeeded')
        check(time.monotonic() < end, 'runs that do not end: %s' % states)
        time.sleep(1)


def wait_for_iterations(walk, n):
    """Their numbers were given when the trainings began: those of interrupted ones are missing."""
    end = time.monotonic() + 60
    while len({row.label.split()[1] for row in walk.find_all('row', 're:^Iteration [1-9]')}) != n:
        check(time.monotonic() < end, 'not %d trained iterations in the sidebar' % n)
        time.sleep(0.5)


def resume_runs(walk, project):
    """What was interrupted can be resumed, and ends well."""
    for run in read_runs(walk, project):
        if run['state'] == 'interrupted':
            walk.run_cli('runs', project, '--resume=%d' % run['id'])
    check({run['state'] for run in read_runs(walk, project)} == {'succeeded'}, 'a resumed run did not succeed')


def count_runs(project):
    connection = sqlite3.connect('file:%s?mode=ro' % project, uri=True)
    n = connection.execute('SELECT count (*) FROM run').fetchone()[0]
    connection.close()
    return n


def wait_for_run(project, n):
    end = time.monotonic() + 20
    while count_runs(project) < n:
        check(time.monotonic() < end, 'the training does not begin')


def kill_training(walk):
    project = walk.find_file('sample.hone')
    walk.run_cli('label', project, '--simulate', '200')
    for _ in range(ROUNDS):
        walk.start('--sample')
        walk.wait('entry', 'Text to label')
        walk.key('ctrl+i')
        walk.wait_text('labels')
        walk.driver.settle()
        n = count_runs(project)
        walk.key('ctrl+Return')
        wait_for_run(project, n + 1)
        walk.kill(random.uniform(0, 1))
        assert_whole(project)
    walk.start('--sample')
    walk.wait('entry', 'Text to label')
    wait_for_iterations(walk, wait_for_runs(walk, project))
    walk.key('ctrl+q')
    walk.end()
    resume_runs(walk, project)


def loop(walk):
    answers = keyboard.read_answers()
    kill_labeling(walk, answers)
    kill_training(walk)


if __name__ == '__main__':
    walks.run(loop, *sys.argv[1:])
