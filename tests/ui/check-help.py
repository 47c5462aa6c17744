#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-help.py HELP-FOLDER SOURCE-FOLDER HONE-CLI

The pages of the help are HTML without an error, need nothing from elsewhere, and lead only to what is there. What they say of
measures, keys, formats and commands is what the program has; the example that they work by hand is worked by the program too."""
import html
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

try:
    import html5lib
except ImportError:
    # Debian's Python knows it where the first on the path is another.
    if sys.executable != '/usr/bin/python3' and os.access('/usr/bin/python3', os.X_OK):
        os.execv('/usr/bin/python3', ['/usr/bin/python3'] + sys.argv)
    print('python3-html5lib is not installed')
    sys.exit(77)

folder, source, cli = (os.path.abspath(argument) for argument in sys.argv[1:4])
bad = []


def wanted(holds, what):
    if not holds:
        bad.append(what)


def read(*parts):
    with open(os.path.join(*parts), encoding='utf-8') as file:
        return file.read()


def text_of(element):
    return ' '.join(''.join(element.itertext()).split())


def elements(tree, *tags):
    return [element for element in tree.iter() if element.tag in tags]


def parse(name):
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(read(folder, name))
    for (line, _), error, _ in parser.errors:
        bad.append(f'{name}, line {line}: {error}')
    return tree


# ---- each page by itself ----

def check_headings(name, tree):
    levels = [int(element.tag[1]) for element in elements(tree, 'h1', 'h2', 'h3', 'h4', 'h5', 'h6')]
    wanted(levels and levels[0] == 1 and levels.count(1) == 1, f'{name}: there is not one heading above all')
    wanted(all(b - a <= 1 for a, b in zip(levels, levels[1:])), f'{name}: a level of headings is left out')


def check_tables(name, tree):
    for table in tree.iter('table'):
        wanted(table.find('caption') is not None and text_of(table.find('caption')), f'{name}: a table has no caption')
        wanted(len({len(row) for row in table.iter('tr')}) == 1, f'{name}: rows of one table have different numbers of cells')
        for cell in table.find('thead').iter('th'):
            wanted(cell.get('scope') == 'col', f'{name}: a head cell is no column header')
        for row in table.find('tbody'):
            wanted(row[0].tag == 'th' and row[0].get('scope') == 'row', f'{name}: a row has no header')


def check_page(name, tree):
    wanted(tree.get('lang') == 'en', f'{name}: the page does not say its language')
    wanted(tree.find('head/title') is not None and tree.find('head/title').text, f'{name}: the page has no title')
    wanted(not elements(tree, 'script', 'iframe', 'object', 'embed', 'base', 'form', 'style', 'video', 'audio'),
           f'{name}: there is more in it than text')
    for element in tree.iter():
        if isinstance(element.tag, str):
            wanted(not any(key.startswith('on') or key == 'style' for key in element.attrib), f'{name}: <{element.tag}> has a script or a style')
    for image in tree.iter('img'):
        wanted(image.get('alt'), f'{name}: a picture has no words')
    ids = [element.get('id') for element in tree.iter() if element.get('id')]
    wanted(len(ids) == len(set(ids)), f'{name}: an id is there twice')
    check_headings(name, tree)
    check_tables(name, tree)


def check_links(name, pages):
    for element in pages[name].iter():
        for key in 'href', 'src':
            target = element.get(key)
            if target is None:
                continue
            file, _, anchor = target.partition('#')
            file = file or name
            wanted(os.path.exists(os.path.join(folder, file)) and '/' not in file, f'{name}: a link leads to {target}')
            if anchor and file in pages:
                wanted(any(found.get('id') == anchor for found in pages[file].iter()), f'{name}: a link leads to {target}')


# The same list of all pages stands on each, and says which one is read.
def check_list(name, pages):
    links = pages[name].find('.//nav').findall('.//a')
    wanted([link.get('href') for link in links] == [link.get('href') for link in pages['index.html'].find('.//nav').findall('.//a')],
           f'{name}: its list of pages is another')
    wanted({link.get('href') for link in links} == set(pages), f'{name}: its list of pages is not all of them')
    wanted([link.get('href') for link in links if link.get('aria-current') == 'page'] == [name], f'{name}: its list says it is another page')


# ---- what the program has ----

def check_measures(page):
    measures = dict(re.findall(r'\[HONE_MEASURE_\w+\] = \{ "(\w+)", N_\("([^"]+)"\) \}', read(source, 'src/core/hone-scores.c')))
    wanted(len(measures) > 10, 'no measures were found in src/core')
    for key, name in measures.items():
        entry = [element for element in page.iter() if element.get('id') == key]
        wanted(entry and text_of(entry[0]) == f'{name} {key}', f'measures.html has no entry “{name}” with the id {key}')
    return measures


KEYS = {'Control': 'Ctrl', 'Return': 'Enter', 'BackSpace': 'Backspace', 'Left': '←', 'Right': '→', 'comma': ',', 'question': '?',
        'Page_Up': 'Page Up', 'Page_Down': 'Page Down', 'space': 'Space', 'Escape': 'Esc'}


def key_name(accelerator):
    """“<Control><Shift>o” is “Ctrl+Shift+O”."""
    parts = re.findall(r'<(\w+)>', accelerator) + [re.sub(r'<\w+>', '', accelerator)]
    parts = [KEYS.get(part, part) for part in parts]
    return '+'.join(parts[:-1] + [parts[-1].upper() if len(parts[-1]) == 1 else parts[-1]])


def check_keys(page):
    table = re.search(r'accelerators\[\] = \{(.*?)\n\};', read(source, 'ui/app/hone-application.c'), re.DOTALL).group(1)
    keys = [key for line in re.findall(r'\{ "[^"]+", \{ (.*?) \} \}', table) for key in re.findall(r'"([^"]+)"', line)]
    wanted(len(keys) > 10, 'no accelerators were found in ui/app/hone-application.c')
    for line in re.findall(r'name="accelerator">([^<]+)<', read(source, 'ui/app/help-overlay.ui')):
        keys += [key for key in html.unescape(line).split() if '...' not in key]
    told = {text_of(key) for key in page.iter('kbd')}
    for key in keys:
        wanted(key_name(key) in told, f'keyboard.html does not tell of {key_name(key)}')


def check_formats(page):
    formats = re.findall(r'\[HONE_FORMAT_\w+\] += \{ "([\w-]+)", +\w+, +(\w+),', read(source, 'src/formats/hone-format.c'))
    told = {text_of(row[1]): text_of(row[2]) for row in page.find('.//tbody')}
    wanted(len(formats) > 10, 'no formats were found in src/formats')
    for name, writes in formats:
        if name != 'auto':
            wanted(told.get(name) == ('yes' if writes == 'TRUE' else 'no'), f'files.html is wrong about {name}')


def check_commands(name, page):
    for block in page.iter('pre'):
        for line in ''.join(block.itertext()).splitlines():
            words = shlex.split(line)
            if not words or words[0] != 'hone-cli':
                continue
            told = subprocess.run([cli, words[1], '--help'], capture_output=True, text=True, check=False)
            wanted(told.returncode == 0, f'{name}: there is no command “{words[1]}”')
            for option in (word for word in words if word.startswith('--')):
                wanted(re.search(rf'{option}\b', told.stdout), f'{name}: “{words[1]}” has no {option}')


# ---- the example ----

def rows_of(page, table):
    found = [element for element in page.iter('table') if element.get('id') == table]
    return [[text_of(cell) for cell in row] for row in found[0].find('tbody')]


def records_of(number, label, answer, confidence, probability):
    """A text, its label, and the answer with probabilities that sum up to 1."""
    told = {'prediction': number, 'model': 'example', 'iteration': 1}
    yield {'example': number, 'text': f'text {number}', 'split': 'validation'}
    yield {'label': number, 'categories': [label.upper()], 'author': 'ann', 'origin': 'human'}
    if answer in ('unable', 'out of set'):
        yield {**told, 'outcome': 'abstained' if answer == 'unable' else 'out-of-set', 'reason': answer}
        return
    scores = dict.fromkeys(('SPORTS', 'MONEY', 'WORLD'), 0)
    scores[answer.upper()], scores[label.upper()] = float(confidence), float(probability)
    rest = next(key for key, score in scores.items() if score == 0)
    scores[rest] = 1 - sum(scores.values())
    yield {**told, 'outcome': 'answered', 'categories': [answer.upper()], 'confidence': float(confidence), 'scores': scores}


def evaluate(page, directory):
    records = [{'hone': 1, 'choice': 'one'}] + [{'category': key.upper(), 'name': key} for key in ('Sports', 'Money', 'World')]
    for row in rows_of(page, 'example-texts'):
        records += records_of(*row)
    with open(os.path.join(directory, 'example.jsonl'), 'w', encoding='utf-8') as file:
        file.writelines(json.dumps(record) + '\n' for record in records)
    for arguments in (['new', 'example.hone'], ['import', 'example.hone', 'example.jsonl', '--format', 'hone-jsonl', '--quiet']):
        subprocess.run([cli] + arguments, cwd=directory, check=True, stdout=subprocess.DEVNULL)
    done = subprocess.run([cli, 'evaluate', 'example.hone', '--experiment', 'example', '--json'], cwd=directory, check=True, capture_output=True)
    return json.loads(done.stdout)


def check_example(page, measures):
    with tempfile.TemporaryDirectory() as directory:
        scores = evaluate(page, directory)
    wanted(scores['n'] == len(rows_of(page, 'example-texts')), f'the example: {scores["n"]} texts are scored')
    told = {row[0]: float(row[2]) for row in rows_of(page, 'example-measures')}
    for key, name in measures.items():
        value = scores[key]['value']
        wanted(name in told and abs(told[name] - value) <= 0.00051, f'the example: {name} is {value}, the page says {told.get(name)}')
    for name, found, wrong, missed, *ratios in rows_of(page, 'example-categories'):
        if name == 'Sum':
            continue
        for key, ratio in zip(('precision', 'recall', 'f1', 'iou'), ratios):
            value = scores['per_class'][name.upper()][key]
            value = value['value'] if isinstance(value, dict) else value
            parts = re.fullmatch(r'(\d+)/(\d+) = ([\d.]+)', ratio)
            wanted(abs(int(parts[1]) / int(parts[2]) - value) < 1e-9 and abs(float(parts[3]) - value) <= 0.00051,
                   f'the example: {key} of {name} is {value}, the page says {ratio}')


def main():
    pages = {name: parse(name) for name in sorted(os.listdir(folder)) if name.endswith('.html')}
    wanted(len(pages) > 5, f'no help was found in {folder}')
    for name, page in pages.items():
        check_page(name, page)
        check_links(name, pages)
        check_list(name, pages)
        check_commands(name, page)
    wanted(not re.search(r'@import|url *\(', read(folder, 'help.css')), 'help.css loads something')
    measures = check_measures(pages['measures.html'])
    check_keys(pages['keyboard.html'])
    check_formats(pages['files.html'])
    check_example(pages['measures.html'], measures)
    print('\n'.join(bad), end='\n' if bad else '')
    return bool(bad)


sys.exit(main())
