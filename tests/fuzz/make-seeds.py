#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-seeds.py FOLDER: writes what the fuzzers begin with into FOLDER/NAME-OF-FUZZER, from the files of tests/data/formats.

Without seeds a fuzzer of five seconds hardly gets past the first brace; with them it begins inside each format.
"""
import os
import re
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
DATA = os.path.join(ROOT, 'tests', 'data', 'formats')


def list_of(path, start, pattern):
    """The names between START and the next closing brace of a C file."""
    text = open(os.path.join(ROOT, path), encoding='utf-8').read()
    body = text[text.index(start) + len(start):]
    return re.findall(pattern, body[:body.index('}')])


FORMATS = list_of('src/formats/hone-format.h', 'typedef enum {\n  HONE_FORMAT_AUTO,', r'HONE_FORMAT_(\w+)')
ENDINGS = list_of('tests/fuzz/fuzz-reader.c', 'endings[] = {', r'"(\w+)"')
NAMES = list_of('tests/fuzz/fuzz-peers.c', 'names[] = {', r'"([^"]+)"')


def number_of(format_):
    return 1 + FORMATS.index(format_.upper().replace('-', '_'))


def format_of(path):
    """By the longest name of a format that the path begins with; 0: to be guessed."""
    name = os.path.relpath(path, DATA).replace('llama-alpaca', 'llama-factory')
    fitting = [format_ for format_ in FORMATS if name.startswith(format_.lower().replace('_', '-'))]
    return number_of(max(fitting, key=len)) if fitting else 0


def files_of(folder):
    return sorted(os.path.join(where, name) for where, _, names in os.walk(folder) for name in names)


def write(folder, fuzzer, content):
    target = os.path.join(folder, fuzzer)
    os.makedirs(target, exist_ok=True)
    with open(os.path.join(target, 'seed-%03d' % len(os.listdir(target))), 'wb') as file:
        file.write(content)


def write_readers(folder):
    for path in files_of(DATA):
        ending = path.rsplit('.', 1)[1]
        content = open(path, 'rb').read()
        for number in {0, format_of(path)}:
            write(folder, 'fuzz-reader', bytes([number, ENDINGS.index(ending) if ending in ENDINGS else 0]) + content)
        write(folder, 'fuzz-json' if ending.startswith('json') else 'fuzz-csv', b'\0' + content)
    plain = {'csv': b'id,text,label,split\n1,"a ""b"", c",A,train\n2,d,B,test\n', 'tsv': b'text\tlabel\na b\tA\n', 'txt': b'a b|A\nc|d|B\n',
             'jsonl': b'{"text":"a\\u00e9","label":["A","B"],"meta":{"x":[1,2.5e3,null]}}\n{"text":"b"}\n'}
    for ending, content in plain.items():
        for encoded in (content, b'\xef\xbb\xbf' + content, b'\xff\xfe' + content.decode().encode('utf-16-le')):
            write(folder, 'fuzz-reader', bytes([0, ENDINGS.index(ending)]) + encoded)


def write_peers(folder):
    """Each folder of a format as one seed, under the names that the fuzzer knows."""
    for top in sorted(os.listdir(DATA)):
        content = b''
        for path in files_of(os.path.join(DATA, top)) or [os.path.join(DATA, top)]:
            name = os.path.relpath(path, os.path.join(DATA, top))
            known = [i for i, known in enumerate(NAMES) if known == name or known.rsplit('.', 1)[-1] == name.rsplit('.', 1)[-1]]
            data = open(path, 'rb').read()[:65535]
            if known:
                exact = [i for i in known if NAMES[i] == name]
                content += bytes([(exact or known)[0], len(data) >> 8, len(data) & 255]) + data
        for writes in ('kili', 'argilla', 'label-studio', 'huggingface'):
            write(folder, 'fuzz-peers', bytes([format_of(os.path.join(DATA, top)), number_of(writes)]) + content)


def write_protocol(folder):
    lines = (b'{"event":"hello","name":"t","protocol":1,"methods":["m"],"models":[]}\n{"event":"stage","name":"train"}\n'
             b'{"event":"progress","step":1,"steps":3,"seconds_left":0.5}\n{"event":"metric","step":1,"name":"loss","value":0.5}\n',
             b'{"event":"checkpoint","path":"c"}\n{"event":"warning","message":"w"}\n{"event":"error","code":"c","message":"m","hint":"h"}\n',
             b'{"event":"done","model":"m","sha256":"%s"}\n' % (b'0' * 64),
             b'{"event":"done","model":"m","files":{"m/a":"%s"}}\n' % (b'0' * 64),
             b'{"id":"1","outcome":"answered","categories":["MONEY"],"confidence":0.5,"scores":{"MONEY":0.5,"WORLD_NEWS":0.25}}\n',
             b'{"id":"2","raw":"Money."}\n{"id":"3","outcome":"failed","reason":"timeout"}\n{"id":"4","categories":["MONEY"],"confidence":1}\n')
    for content in lines:
        for first in (0, 1, 200):
            write(folder, 'fuzz-protocol', bytes([first]) + content)
    write(folder, 'fuzz-engine-job', b'{"protocol":1,"kind":"train","method":"ngrams","seed":1,"threads":1,"choice":"one","hyperparameters":{},'
          b'"categories":[{"key":"A","name":"a"},{"key":"B","name":"b"}]}')
    write(folder, 'fuzz-engine-job', b'{"id":"1","text":"a","categories":["A"],"weight":1}')
    for answer in (b'"Money".', b'["Money", "WORLD_NEWS"]', b'I am sorry, I cannot say', b'UNABLE_TO_CLASSIFY', b'it is Media & Entertainment or Sports'):
        write(folder, 'fuzz-parser', b'\0\0' + answer)
    write(folder, 'fuzz-ontology', b'Money\nMedia & Entertainment\nC++\n')


if __name__ == '__main__':
    for write_some in (write_readers, write_peers, write_protocol):
        write_some(sys.argv[1])
