#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""keyboard.py HONE HONE-CLI: the whole loop on the sample project without the pointer, in two iterations."""
import csv
import json
import os
import re
import sys

import walk as walks
from walk import check

HEADLINES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'sample', 'headlines.csv')


def read_answers():
    with open(HEADLINES, encoding='utf-8', newline='') as file:
        return {row['text']: row['label'] for row in csv.DictReader(file)}


def plain(name):
    """Names and keys of categories, without what they differ in."""
    return re.sub('[^A-Z]', '', name.upper().replace('&', 'AND'))


def read_keys(walk):
    """Which key gives which category: they are numbered in the order of the buttons."""
    table = walk.wait('table', 'Categories')
    names = [node.label.split(' | ')[-1] for node in table.walk() if node.role == 'table-cell']
    return {plain(name): str(number) for number, name in enumerate(names, 1)}


def label_some(walk, answers, number):
    walk.key('ctrl+l')
    walk.driver.settle()
    keys = read_keys(walk)
    for turn in range(3):
        text = walk.wait('entry', 'Text to label').text
        key = keys[plain(answers[text])]
        walk.key(key)
        walk.wait_for_other_text(text)
        if number == 1 and turn == 0:
            walk.key('BackSpace')
            walk.driver.expect('entry', 'Text to label', 'text=' + text)
            walk.key('shift+BackSpace')
            walk.wait_for_other_text(text)


def reveal(walk, n):
    walk.tab_to('button', 'More for labeling')
    walk.key('Return')
    walk.wait('menuitem', None)
    walk.driver.settle()
    walk.key('k')       # Reveal _Known Answers…
    walk.wait('entry', 'How many')
    walk.tab_to('entry', 'How many')
    walk.key('ctrl+a')
    walk.type(str(n))
    walk.picture('reveal')
    walk.key('Return')
    walk.wait_text('%d known answers are labels now' % n)


def train(walk, number):
    walk.key('ctrl+i')
    walk.wait_text('Trains iteration %d on %d labels' % (number, number * 80))
    walk.picture('new-iteration')
    walk.key('ctrl+Return')
    walk.wait('row', 're:^Iteration %d ' % number, timeout=240)
    walk.driver.expect('row', 're:^Iteration %d ' % number, 'selected')
    walk.picture('iteration')


def look(walk):
    """Chart, matrix and labeling as one instrument: the arrows go to a cell, Enter shows its texts, a key gives one another label."""
    walk.tab_to('image', '~IoU score over iterations')
    walk.key('Left')
    walk.wait('image', '~n-grams, 1:')
    walk.key('Return')
    walk.driver.expect('row', 're:^Iteration 1 ', 'selected')
    walk.key('F10')
    walk.driver.gone('image', '~IoU score over iterations')
    walk.tab_to('table', 're:^Confusion matrix')
    walk.key('Home', 'Right')
    walk.picture('matrix-alone')
    walk.key('F10')
    walk.driver.settle()
    walk.tab_to('table', 're:^Confusion matrix')
    walk.key('Home', 'Right')
    cell = walk.wait('table', 're:read as World News').label
    walk.key('Return')
    walk.wait('button', '~Remove filter “Answer: World News')
    n = int(re.search(': ([0-9]+) text', cell).group(1))
    walk.picture('cell')
    walk.key('ctrl+l')
    walk.wait('label', '1 / %d' % n)
    walk.key(read_keys(walk)[plain('World News')])
    walk.wait_text('Media & Entertainment read as World News %d (−1)' % (n - 1))
    walk.picture('numbers-moved')
    walk.key('BackSpace')
    walk.wait_text('Media & Entertainment read as World News %d (+1)' % n)


def compare(walk):
    walk.key('alt+3')
    walk.tab_to('checkbox', 're:^Iteration 0')
    walk.key('space')
    walk.wait('label', 'Iteration 0')
    walk.picture('compare')


def report(walk):
    walk.key('alt+4')
    walk.wait_text('3 iterations')
    walk.key('ctrl+shift+e')
    walk.wait('menuitem', None)
    walk.driver.settle()
    walk.key('j')       # _JSON…
    walk.wait('entry', 'Name:')
    walk.key('ctrl+a')
    walk.type(walk.path('report.json'))
    walk.key('Return')
    walk.driver.gone('entry', 'Name:')
    walk.wait_text('report.json')
    walk.picture('report')


def check_project(walk):
    """The command line finds in the project what was done in the window, and the same numbers."""
    project = walk.find_file('sample.hone')
    output = walk.path('labels.jsonl')
    walk.run_cli('verify', walk.path('report.json'), project)
    walk.run_cli('export', project, '--what', 'labels', '--format', 'hone-jsonl', '--output', output)
    with open(output, encoding='utf-8') as file:
        records = [json.loads(line) for line in file]
    train = {record['example'] for record in records if record.get('split') == 'train'}
    n = len({record['label'] for record in records if 'label' in record} & train)
    check(n == 160, '%d texts of train have a label, not 160' % n)


def loop(walk):
    walk.start('--sample')
    walk.wait('entry', 'Text to label')
    walk.picture('sample')
    answers = read_answers()
    for number in range(1, 3):
        label_some(walk, answers, number)
        reveal(walk, 77)
        train(walk, number)
    look(walk)
    compare(walk)
    report(walk)
    walk.key('ctrl+q')
    walk.end()
    check_project(walk)


if __name__ == '__main__':
    walks.run(loop, *sys.argv[1:])
