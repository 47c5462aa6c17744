#!/usr/bin/env python3
"""check-layers.py SOURCE-FOLDER

Every #include of src and ui goes in the direction that src/README.md draws, and no circle stands between files."""

import graphlib
import os
import re
import sys

# What each room may include of others; a file's own room is always allowed.
MAY = {
    'core': '',
    'engine': 'core',
    'store': 'core',
    'formats': 'core',
    'jobs': 'core store formats engine/hone-engine-protocol.h',
    'plot': 'core',
    'reports': 'core store formats plot',
    'cli': 'core store formats jobs plot reports',
    'compat': '',
    'model': 'core store formats jobs reports',
    'widgets': 'core compat',
    'chart': 'core plot compat',
    'pages': 'core store formats jobs reports plot compat model widgets chart',
    'app': 'core store formats jobs reports compat model widgets pages',
}
# Libraries that a room may not use.
WINDOW = 'sqlite3|libsoup|linear|archive'
NEVER = {
    'core': 'sqlite3|libsoup|gtk|json-glib|archive|linear|cairo|pango',
    'engine': 'sqlite3|libsoup|gtk|archive|cairo|pango',
    'store': 'libsoup|gtk|json-glib|archive|linear|cairo|pango',
    'formats': 'sqlite3|libsoup|gtk|linear|cairo|pango',
    'jobs': 'sqlite3|gtk|linear|archive|cairo|pango',
    'plot': 'sqlite3|libsoup|gtk|gdk|json-glib|archive|linear',
    'reports': 'sqlite3|libsoup|gtk|linear|archive',
    'cli': 'sqlite3|gtk|linear|archive',
    'compat': WINDOW,
    'model': WINDOW + '|gtk|adwaita',
    'widgets': WINDOW,
    'chart': WINDOW,
    'pages': WINDOW,
    'app': WINDOW,
}
INCLUDE = re.compile(r'^ *# *include *([<"])([^">]+)[">]', re.MULTILINE)


def files():
    for top in 'src', 'ui':
        for folder, _, names in os.walk(top):
            yield from (os.path.join(folder, name) for name in names if name.endswith(('.c', '.h')))


def is_allowed(room, header):
    other = header.split('/')[0]
    return other == room or not header.endswith('-private.h') and any(way in (other, header) for way in MAY[room].split())


def check_include(path, room, header):
    """The complaints about one include, and the file it means (None: none of ours)."""
    complaints = []
    if '/' not in header:
        target = os.path.join(os.path.dirname(path), header)
    else:
        target = os.path.join('src', header)
        if not os.path.exists(target):
            target = os.path.join('ui', header)
        if not is_allowed(room, header):
            complaints.append('room “%s” may not include “%s”' % (room, header))
        if room == 'pages' and header.startswith('pages/') and os.path.dirname(header) != os.path.dirname(path[len('ui/'):]):
            complaints.append('a page may not include “%s”' % header)
    if os.path.exists(target):
        return complaints, target
    if header != 'config.h':
        complaints.append('“%s” is nowhere in this room' % header)
    return complaints, None


def main():
    os.chdir(sys.argv[1])
    bad, graph = [], {}
    for path in sorted(files()):
        room = path.split('/')[1]
        if room not in MAY:
            bad.append('%s: room “%s” is not known to this test' % (path, room))
            continue
        with open(path, encoding='utf-8') as file:
            includes = INCLUDE.findall(file.read())
        for quote, header in includes:
            if quote == '<':
                if re.match(NEVER[room], header):
                    bad.append('%s: room “%s” may not use <%s>' % (path, room, header))
                continue
            complaints, target = check_include(path, room, header)
            bad += ['%s: %s' % (path, complaint) for complaint in complaints]
            if target is not None and target != path:
                graph.setdefault(path, set()).add(target)
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        bad.append('a circle between files: %s' % ' → '.join(error.args[1]))
    if not graph:
        bad.append('no include was found: this test looks in the wrong place')
    print('\n'.join(bad), end='\n' if bad else '')
    return bool(bad)


sys.exit(main())
