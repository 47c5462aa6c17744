# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of Hone in a private desktop, used by keyboard or by pointer, for the walks of this folder.

Needs ../shared/tools beside the checkout (ui-session starts the desktop, ui_drive.py finds and looks); without it, or without the
programs that it needs, a walk ends with 77: skipped. HONE_WALK_PICTURES names a folder for pictures of each step, HONE_WALK_SIZE the
size of the screen (1280x800), and HONE_WALK_DARK=1 asks for the dark style.
"""
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time

SHARED = os.environ.get('HONE_SHARED_DIR', os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..', 'shared'))
TOOLS = os.path.join(SHARED, 'tools')
NEEDED = ('Xvfb', 'dbus-daemon', 'xfwm4')
AT_SPI = '/usr/libexec/at-spi-bus-launcher'


def skip(why):
    print('skipped: ' + why)
    sys.exit(77)


def enter_desktop():
    """Runs this script again inside a private desktop. Returns only there."""
    if os.environ.get('HONE_WALK_INSIDE') == '1':
        return
    session = os.path.join(TOOLS, 'ui-session')
    if not os.path.exists(session):
        skip('the private desktop of ../shared/tools is not here')
    for program in NEEDED:
        if not shutil.which(program):
            skip('%s is not installed' % program)
    if not os.path.exists(AT_SPI):
        skip('at-spi2-core is not installed')
    if not importlib.util.find_spec('gi') or not importlib.util.find_spec('Xlib'):
        skip('python3-gi or python3-xlib is not installed')
    size = os.environ.get('HONE_WALK_SIZE', '1280x800')
    style = ['--dark'] if os.environ.get('HONE_WALK_DARK') == '1' else []
    env = dict(os.environ, HONE_WALK_INSIDE='1')
    for name in ('G_DEBUG', 'GTK_A11Y', 'GSETTINGS_BACKEND', 'GDK_BACKEND', 'GSK_RENDERER'):
        env.pop(name, None)     # those of widget tests: this is the program as users have it
    sys.stdout.flush()
    os.execve(session, [session, '--size', size, *style, '--timeout', '1500', sys.executable, *sys.argv], env)


def check(holds, message):
    if not holds:
        raise AssertionError(message)


class Walk:
    """One run of the program, and a folder for its files."""

    def __init__(self, hone, cli):
        sys.path.insert(0, TOOLS)
        import ui_drive         # pylint: disable=import-error,import-outside-toplevel
        self.ui_drive = ui_drive
        self.hone, self.cli = os.path.abspath(hone), os.path.abspath(cli)
        self.folder = tempfile.mkdtemp(prefix='hone-walk-')
        self.pictures = os.environ.get('HONE_WALK_PICTURES')
        self.process = self.driver = None
        self.n_pictures = 0

    def path(self, *names):
        return os.path.join(self.folder, *names)

    @staticmethod
    def find_file(name):
        """Below the home of the desktop."""
        for folder, _, files in os.walk(os.environ['HOME']):
            if name in files:
                return os.path.join(folder, name)
        raise AssertionError('%s is nowhere' % name)

    def start(self, *arguments):
        self.errors = open(self.path('errors.txt'), 'ab')
        self.process = subprocess.Popen([self.hone, *arguments], stderr=self.errors)
        self.driver = self.ui_drive.Driver(timeout=60)
        self.driver.wait_window(timeout=60)
        self.driver.settle()

    def kill(self, seconds):
        """Ends it in the middle of whatever it does."""
        time.sleep(seconds)
        self.process.kill()
        self.process.wait()
        self.errors.close()

    # -- keyboard

    def key(self, *combos):
        for combo in combos:
            self.driver.screen.key(combo)

    def type(self, text):
        self.driver.screen.type(text)

    def is_focused(self, role, name):
        return any('focused' in inner.states for node in self.find_all(role, name) for inner in node.walk())

    def find_all(self, role, name):
        try:
            return self.driver.find_all(role, name)
        except self.ui_drive.NotFound:
            return []

    def tab_to(self, role, name, key='Tab', most=120):
        """Goes on by one key until this has the keyboard."""
        self.driver.find(role, name)
        for _ in range(most):
            if self.is_focused(role, name):
                return
            self.key(key)
            time.sleep(0.03)
        raise AssertionError('%s %r cannot be reached with %s' % (role, name, key))

    # -- pointer

    def click(self, role, name, nth=0, button=1, count=1):
        """Clicks it, scrolled into sight first where need be."""
        for _ in range(60):
            node = self.driver.find(role, name, nth)
            try:
                self.driver.click(node, button, count)
                time.sleep(0.2)
                return
            except self.ui_drive.Error as error:
                if 'out of view' not in str(error):
                    raise
                self.scroll_to(node)
        raise AssertionError('%s %r cannot be scrolled into sight' % (role, name))

    def click_last_item(self, button):
        """The last item of a menu: GTK 4.18 names none of them. The button's tooltip goes first: it has a window too, in which the item
        would be looked for."""
        self.click('button', button)
        self.driver.find('menuitem')
        self.driver.screen.go(2, 2)
        self.driver.settle()
        self.click('menuitem', None, len(self.find_all('menuitem', None)) - 1)

    def scroll_to(self, node):
        pane = node
        while pane.role != 'scroll-pane':
            pane = pane.parent
        down = node.rect.middle[1] > pane.rect.middle[1]
        self.driver.screen.scroll(*self.driver.point(pane), 1 if down else -1)
        self.driver.settle(0.1)

    # -- what both do

    def open_file(self, path):
        """In GTK's own dialog for files: a slash opens the entry for a path."""
        self.wait('button', 'Open')
        self.driver.settle()
        self.type('/')
        self.driver.set_text(self.wait('entry', '~/'), os.path.realpath(path))
        self.wait('entry', '~' + os.path.realpath(path))
        self.driver.settle()
        self.key('Return')

    def save_file(self, path):
        entry = self.wait('entry', 'Name:')
        self.driver.set_text(entry, path)
        self.driver.settle()
        self.key('Return')
        self.driver.gone('entry', 'Name:', timeout=60)

    def wait(self, role, name, timeout=60):
        return self.driver.find(role, name, timeout=timeout)

    def wait_text(self, text, timeout=60):
        return self.driver.wait_text(text, timeout)

    def wait_for_other_text(self, text):
        end = time.monotonic() + 20
        while self.wait('entry', 'Text to label').text == text:
            check(time.monotonic() < end, 'a label does not lead to the next text')

    def picture(self, name):
        """Keeps a picture and lints the accessible names, wherever the walk stands."""
        strays = self.driver.lint()
        own = [node for node in strays if not self.is_of_library(node)]
        check(not own, 'without an accessible name: ' + '; '.join(node.line() for node in own))
        if self.pictures:
            self.n_pictures += 1
            self.driver.screenshot(os.path.join(self.pictures, '%02d-%s.png' % (self.n_pictures, name)), whole=True)

    @staticmethod
    def is_of_library(node):
        """GTK's own dialog for files and libadwaita's toasts have buttons without names."""
        return node.top.role == 'filler' or node.parent.raw == 'AdwToastWidget'

    def run_cli(self, *arguments):
        done = subprocess.run([self.cli, *arguments], capture_output=True, text=True, timeout=300)
        check(done.returncode == 0, 'hone-cli %s: %s' % (' '.join(arguments), done.stderr))
        return done.stdout

    def end(self):
        """The program ends by itself, and well, and has said nothing."""
        status = self.process.wait(60)
        self.errors.close()
        said = open(self.path('errors.txt')).read()
        check(status == 0, 'hone ended with %d: %s' % (status, said[-2000:]))
        check('CRITICAL' not in said and 'WARNING' not in said, 'hone says: ' + said[-2000:])


def run(function, hone, cli):
    """Runs a walk and tidies up. What was on the screen when it failed is printed."""
    enter_desktop()
    walk = Walk(hone, cli)
    try:
        function(walk)
    except BaseException:
        if walk.driver:
            try:
                print(walk.driver.dump())
                if walk.pictures:
                    walk.driver.screenshot(os.path.join(walk.pictures, 'failed.png'), whole=True)
            except Exception as error:      # pylint: disable=broad-except
                print('nothing to be seen: %s' % error)
        print(open(walk.path('errors.txt')).read()[-4000:])
        raise
    finally:
        if walk.process and walk.process.poll() is None:
            walk.process.kill()
            walk.process.wait()
        shutil.rmtree(walk.folder)
