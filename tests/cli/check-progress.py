#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""check-progress.py HONE-CLI: progress as people see it: a bar on a (pseudo-)terminal, lines elsewhere, nothing with --quiet."""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios

CLI = os.path.abspath(sys.argv[1])
TRAINER = r'''#!/usr/bin/env python3
import fcntl, hashlib, json, os, sys, time
lock = open("run.lock", "w")
fcntl.flock(lock, fcntl.LOCK_EX)
job = json.load(open("job.json"))
def say(event, **members):
    print(json.dumps({"event": event, **members}), flush=True)
def done(name, member):
    say("done", **{member: name, "sha256": hashlib.sha256(open(name, "rb").read()).hexdigest()})
say("hello", name="slow", version="1", protocol=1, methods=["slow"], models=[])
if job["kind"] == "train":
    for step in range(1, 19):
        time.sleep(0.1)
        say("progress", step=step, steps=18, seconds_left=(18 - step) * 100 + 5)
    open("model", "w").write("model")
    done("model", "model")
else:
    with open("predictions.jsonl", "w") as out:
        for line in open("input.jsonl"):
            out.write(json.dumps({"id": json.loads(line)["id"], "outcome": "abstained", "reason": "unsure"}) + "\n")
    done("predictions.jsonl", "predictions")
'''


def check(holds, message, text):
    if not holds:
        sys.exit('%s:\n%r' % (message, text))


class Project:
    def __init__(self, folder):
        self.folder = folder
        self.env = dict(os.environ, HOME=folder, XDG_DATA_HOME=folder + '/data', XDG_CONFIG_HOME=folder + '/config',
                        XDG_CACHE_HOME=folder + '/cache', LC_ALL='C.UTF-8', TERM='xterm')
        with open(folder + '/trainer.py', 'w') as file:
            file.write(TRAINER)
        os.chmod(folder + '/trainer.py', 0o700)
        for name, salt in (('train', 'monday'), ('validation', 'tuesday')):
            with open(folder + '/%s.csv' % name, 'w') as file:
                file.write('text,label\na goal on %s,Sports\na bank on %s,Money\n' % (salt, salt))
        self.run('new', 'p.hone')
        self.run('import', 'p.hone', 'train.csv')
        self.run('import', 'p.hone', 'validation.csv', '--split', 'validation')

    def run(self, *arguments):
        done = subprocess.run([CLI, *arguments], cwd=self.folder, env=self.env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        check(done.returncode == 0, ' '.join(arguments), done.stdout + done.stderr)
        return done

    def tune(self, *arguments):
        return ('tune', 'p.hone', '--experiment', 'e', '--trainer', './trainer.py', *arguments)

    def on_terminal(self, columns, *arguments, **env):
        """Standard error is a terminal; what stood on it, and the exit status."""
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack('HHHH', 24, columns, 0, 0))
        child = subprocess.Popen([CLI, *arguments], cwd=self.folder, env=dict(self.env, **env), stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=slave)
        os.close(slave)
        seen = b''
        while True:
            try:
                block = os.read(master, 65536)
            except OSError:        # the other end is closed
                break
            if not block:
                break
            seen += block
        os.close(master)
        out = child.stdout.read().decode()
        check(child.wait() == 0, 'the command failed', seen.decode())
        return seen.decode(), out


def frames(text):
    """What stood in the line after each redraw."""
    return [frame.replace('\x1b[K', '') for frame in text.split('\r')[1:]]


def check_bar(project):
    text, out = project.on_terminal(80, *project.tune())
    shown = [frame for frame in frames(text) if '%' in frame]
    check(len(shown) >= 5, 'a training of two seconds shows a bar that moves', text)
    percents = [int(re.search(r' (\d+) % ', frame).group(1)) for frame in shown if 'Training' in frame]
    check(percents == sorted(percents) and percents[0] < 30 < 70 < percents[-1], 'the bar goes up', text)
    check(all(len(frame) < 80 for frame in shown), 'the bar fits the terminal', text)
    check(any('█' in frame and '·' in frame for frame in shown), 'full and empty parts', text)
    check(any(re.search(r'  \d+:\d\d left', frame) for frame in shown), 'the time that is left', text)
    check(frames(text)[-1] == '', 'the bar is taken away in the end', text)
    check('\n' not in text, 'one line, drawn again and again', text)
    check('e@1 validation, n = 2' in out, 'results are on standard output', out)
    check('\x1b' not in out and '\r' not in out, 'no bar among the results', out)


def check_narrow(project):
    text, _ = project.on_terminal(30, *project.tune())
    check(frames(text) and all(len(frame) < 30 for frame in frames(text)), 'the bar fits a narrow terminal', text)


def check_dumb(project):
    text, _ = project.on_terminal(80, *project.tune(), TERM='dumb')
    check('\x1b' not in text and 'Training: ' in text, 'plain lines on a terminal that can do nothing', text)


def check_quiet(project):
    text, out = project.on_terminal(80, *project.tune('--quiet'))
    check(text == '' and out == '', '--quiet shows nothing', text + out)


def check_pipe(project):
    done = project.run(*project.tune())
    check('\x1b' not in done.stderr and '\r' not in done.stderr, 'no bar in a log', done.stderr)
    check(re.fullmatch(r'(Training: \d+ %\n)+', done.stderr) is not None, 'lines in a log', done.stderr)
    done = project.run(*project.tune('--json'))
    check(json.loads(done.stdout)['n'] == 2, 'one JSON object', done.stdout)


with tempfile.TemporaryDirectory(prefix='hone-progress-') as name:
    made = Project(name)
    for part in (check_bar, check_narrow, check_dumb, check_quiet, check_pipe):
        part(made)
