# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs hone-cli in a folder of its own and looks at what a project holds, for the tests of this folder."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import traceback


class Failure(Exception):
    pass


def check(holds, message):
    if not holds:
        raise Failure(message)


class Cli:
    """hone-cli with a home, a data folder and a working directory that nothing else uses."""

    def __init__(self, program, engine, prefix):
        self.program, self.engine = os.path.abspath(program), os.path.abspath(engine)
        self.folder = os.path.realpath(tempfile.mkdtemp(prefix=prefix))
        self.env = dict(os.environ, HOME=self.folder, XDG_DATA_HOME=self.path('data'), XDG_CONFIG_HOME=self.path('config'),
                        XDG_CACHE_HOME=self.path('cache'), XDG_STATE_HOME=self.path('state'), HONE_ENGINE=self.engine, LC_ALL='C.UTF-8')

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def remove(self):
        shutil.rmtree(self.folder)

    def write(self, name, content):
        with open(self.path(name), 'wb') as file:
            file.write(content.encode() if isinstance(content, str) else content)
        return self.path(name)

    def start(self, *args, **variables):
        return subprocess.Popen([self.program, *args], cwd=self.folder, env=dict(self.env, **variables), stdin=subprocess.DEVNULL,
                                stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)

    def run(self, *args, **variables):
        return subprocess.run([self.program, *args], cwd=self.folder, env=dict(self.env, **variables), stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, errors='replace', timeout=300)

    def must(self, *args):
        """Runs a command that has to succeed. Returns what it printed."""
        done = self.run(*args)
        check(done.returncode == 0, 'hone-cli %s ended with %d: %s' % (' '.join(args), done.returncode, done.stderr.strip()))
        return done.stdout

    def refuse(self, status, words, *args, **variables):
        """Runs a command that has to fail with this status and one sentence that holds all the words."""
        done = self.run(*args, **variables)
        shown = 'hone-cli %s: status %d, says: %s' % (' '.join(args), done.returncode, done.stderr.strip()[:400])
        sentences = [line for line in done.stderr.split('\n') if line.startswith('hone-cli: ')]
        check(done.returncode == status, shown + '; wanted status %d' % status)
        check(any(all(word in sentence for word in words) for sentence in sentences), shown + '; wanted one sentence with %s' % words)
        check(len(done.stderr) < 4000, 'hone-cli %s says %d characters' % (' '.join(args), len(done.stderr)))

    def contents(self, project='p.hone'):
        """All that a project knows of texts, labels and known answers, one record a line."""
        output = self.path('contents.jsonl')
        if os.path.exists(output):
            os.unlink(output)
        self.must('export', project, '--what', 'labels', '--format', 'hone-jsonl', '--output', output)
        with open(output) as file:
            return file.read().splitlines()

    def records(self, project='p.hone'):
        return [json.loads(line) for line in self.contents(project)]

    def assert_whole(self, project='p.hone'):
        """SQLite finds nothing wrong with the file."""
        connection = sqlite3.connect('file:%s?mode=rw' % self.path(project), uri=True)
        try:
            verdict = connection.execute('PRAGMA integrity_check').fetchone()[0]
            strays = connection.execute('PRAGMA foreign_key_check').fetchall()
        finally:
            connection.close()
        check(verdict == 'ok', 'integrity check says: %s' % verdict)
        check(not strays, 'rows without their parent: %s' % strays[:3])


def run_tests(tests, wanted=()):
    """Runs (name, function) pairs, all or those that are wanted, and prints the Test Anything Protocol."""
    tests = [test for test in tests if not wanted or test[0] in wanted]
    failed = 0
    print('1..%d' % len(tests))
    for number, (name, function) in enumerate(tests, 1):
        try:
            reason = function()     # a test that cannot run here says why
            print('ok %d %s%s' % (number, name, ' # SKIP ' + reason if reason else ''), flush=True)
        except Exception as error:  # pylint: disable=broad-except
            failed += 1
            if not isinstance(error, Failure):
                traceback.print_exc()
            print('not ok %d %s\n# %s' % (number, name, str(error).replace('\n', '\n# ')), flush=True)
    sys.exit(1 if failed else 0)
