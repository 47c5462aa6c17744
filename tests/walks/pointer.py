#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""pointer.py HONE HONE-CLI: the whole loop with the pointer, on the news texts, in four iterations.

Only the names of files are given by keyboard, in GTK's own dialog for files.
"""
import os
import re
import sys
import time

import walk as walks
from walk import check

NEWS = os.path.join(walks.SHARED, 'data', 'news')


def choose(walk, row, value):
    walk.click('combo-box', row)
    walk.click('row', value)


def import_file(walk, labels, split):
    walk.wait('combo-box', 'Labels in the file are')
    choose(walk, 'Labels in the file are', labels)
    choose(walk, 'Split', split)
    walk.picture('import')
    walk.click('button', 'Import')
    walk.driver.gone('combo-box', 'Labels in the file are', timeout=60)


def read_answers(name):
    with open(os.path.join(NEWS, name), encoding='utf-8') as file:
        return dict(line.rstrip('\n').rsplit('|', 1) for line in file)


def label_some(walk, answers, number):
    """Two texts by their buttons; the first time one of them is taken back and given again."""
    for turn in range(2):
        text = walk.wait('entry', 'Text to label').text
        walk.click('button', answers[text])
        walk.wait_for_other_text(text)
        if number == 1 and turn == 0:
            walk.click('button', 'Undo the last decision')
            walk.driver.expect('entry', 'Text to label', 'text=' + text)
            walk.click('button', answers[text])
            walk.wait_for_other_text(text)


def reveal(walk, n):
    walk.click_last_item('More for labeling')
    entry = walk.wait('entry', 'How many')
    walk.driver.set_value(entry, n)
    walk.picture('reveal')
    walk.click('button', 'Reveal')
    walk.wait_text('%d known answers are labels now' % n)


def train(walk, number):
    walk.click('button', 'New Iteration…')
    walk.wait_text('Trains iteration %d on %d labels' % (number, number * 100))
    walk.picture('new-iteration')
    walk.click('button', 'Start')
    walk.wait('row', 're:^Iteration %d ' % number, timeout=240)
    walk.driver.expect('row', 're:^Iteration %d ' % number, 'selected')
    walk.driver.settle()
    walk.picture('iteration-%d' % number)


def look(walk):
    """A cell of the matrix fills labeling, a label there moves the numbers; the point before shows its own."""
    cell = walk.wait('table-cell', 're:^SPORTS read as MEDIA').label
    n = int(re.search(': ([0-9]+) text', cell).group(1))
    check(n > 0, cell)
    walk.click('table-cell', 're:^SPORTS read as MEDIA')
    walk.wait('label', '1 / %d' % n)
    walk.wait('button', '~Remove filter “Label: SPORTS')
    walk.picture('cell')
    walk.click('button', 'CULTURE & ARTS')
    walk.wait_text('SPORTS read as MEDIA & ENTERTAINMENT %d (−1)' % (n - 1))
    walk.picture('numbers-moved')
    walk.click('button', 'Undo the last decision')
    walk.wait_text('SPORTS read as MEDIA & ENTERTAINMENT %d (+1)' % n)
    walk.click('row', 're:^Iteration 1 ')
    walk.wait('image', '~n-grams, 1:')
    walk.picture('iteration-before')


def compare(walk):
    """The first against the last; what the last one broke is shown, and found again in the texts."""
    walk.click('tab', 'Compare')
    walk.click('checkbox', 're:^Iteration 3')
    walk.click('checkbox', 're:^Iteration 1')
    walk.wait_text('n-grams · 4 against n-grams · 1: better')
    walk.picture('compare')
    broken = walk.wait('row', 're:^Broken').label
    n = int(re.search('([0-9]+) text', broken).group(1))
    walk.click('row', 're:^Broken')
    walk.wait('label', '%d of 1600 texts' % n)
    walk.picture('broken')


def report(walk):
    walk.click('tab', 'Report')
    walk.wait_text('5 iterations')
    walk.driver.settle()
    walk.picture('report')
    walk.click_last_item('Export')
    walk.save_file(walk.path('report.json'))
    walk.wait_text('report.json')


def loop(walk):
    walk.start()
    walk.picture('start')
    walk.click('row', 'New Project from Files…')
    walk.open_file(os.path.join(NEWS, 'news-4.txt'))
    walk.save_file(walk.path('news.hone'))
    import_file(walk, 'decisions that count', 'All into validation')
    walk.wait_text('800 texts')
    walk.picture('data')
    walk.click('button', 'Import…')
    walk.open_file(os.path.join(NEWS, 'news-3.txt'))
    import_file(walk, 'known answers, hidden until revealed', 'All into train')
    walk.wait_text('1600 texts')
    walk.picture('data-two')
    walk.click('tab', 'Workbench')
    walk.driver.settle()
    walk.picture('workbench')
    answers = read_answers('news-3.txt')
    for number in range(1, 5):
        label_some(walk, answers, number)
        reveal(walk, 98)
        train(walk, number)
    look(walk)
    compare(walk)
    report(walk)
    walk.click('button', 'Close')
    walk.end()
    walk.run_cli('verify', walk.path('report.json'), walk.path('news.hone'))


if __name__ == '__main__':
    if not os.path.isdir(NEWS):
        walks.skip('the news texts of ../shared/data are not here')
    walks.run(loop, *sys.argv[1:])
