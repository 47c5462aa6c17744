/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a long work is: a bar on a terminal, a line now and then elsewhere. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "hone-cli-progress.h"
#include "hone-cli-table.h"

#define BAR_WIDTH      24
#define BAR_INTERVAL   (G_USEC_PER_SEC / 10)
#define LINE_INTERVAL  (5 * G_USEC_PER_SEC)
/* What is over sooner needs no line in a log. */
#define FIRST_LINE     (G_USEC_PER_SEC)

struct _HoneCliProgress {
  gboolean quiet, terminal;
  gboolean shown;         /* a bar stands on the terminal */
  gint64   next;          /* monotonic time before which nothing is written */
  char    *last;          /* the line written last */
};

/**
 * hone_cli_progress_new:
 * @cli: this invocation
 *
 * Returns: (transfer full): progress that nobody has seen yet
 */
HoneCliProgress *
hone_cli_progress_new (HoneCli *cli)
{
  HoneCliProgress *self = g_new0 (HoneCliProgress, 1);
  const char *term = g_getenv ("TERM");

  self->quiet = cli->quiet;
  self->terminal = isatty (STDERR_FILENO) && (term == NULL || strcmp (term, "dumb") != 0);
  self->next = g_get_monotonic_time () + (self->terminal ? BAR_INTERVAL : FIRST_LINE);
  return self;
}

static gsize
get_terminal_width (void)
{
  struct winsize size;

  return ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static void
append_bar (GString *line,
            double   fraction)
{
  guint eighths = (guint) floor (CLAMP (fraction, 0.0, 1.0) * BAR_WIDTH * 8);

  for (guint i = 0; i < BAR_WIDTH; i++)
    {
      guint fill = eighths > i * 8 ? MIN (eighths - i * 8, 8) : 0;

      /* U+2588 is a full block, U+258F one eighth of one. */
      g_string_append_unichar (line, fill > 0 ? 0x2590 - fill : 0x00b7);
    }
}

static void
append_seconds (GString *line,
                double   seconds)
{
  guint64 left = (guint64) ceil (seconds);

  if (left >= 3600)
    g_string_append_printf (line, _("  %u:%02u:%02u left"), (guint) (left / 3600), (guint) (left / 60 % 60), (guint) (left % 60));
  else
    g_string_append_printf (line, _("  %u:%02u left"), (guint) (left / 60), (guint) (left % 60));
}

static void
show_bar (HoneCliProgress *self,
          double           fraction,
          const char      *what,
          double           seconds_left)
{
  g_autoptr(GString) line = g_string_new ("  ");
  gsize width = get_terminal_width ();

  if (isfinite (fraction))
    {
      append_bar (line, fraction);
      g_string_append_printf (line, " %3d %%", (int) floor (CLAMP (fraction, 0.0, 1.0) * 100.0));
    }
  g_string_append_printf (line, "  %s", what ? what : "");
  if (isfinite (seconds_left) && seconds_left >= 1.0 && seconds_left < 1e6)
    append_seconds (line, seconds_left);
  while (hone_cli_text_width (line->str) >= width && line->len > 0)
    g_string_truncate (line, g_utf8_find_prev_char (line->str, line->str + line->len) - line->str);
  fprintf (stderr, "\r%s\033[K", line->str);
  fflush (stderr);
  self->shown = TRUE;
}

static void
show_line (HoneCliProgress *self,
           double           fraction,
           const char      *what)
{
  g_autofree char *line = isfinite (fraction) ? g_strdup_printf ("%s: %d %%", what ? what : _("Working"), (int) floor (fraction * 100.0))
                                              : g_strdup (what ? what : _("Working"));

  if (g_strcmp0 (line, self->last) == 0)
    return;
  fflush (stdout);
  fprintf (stderr, "%s\n", line);
  g_free (self->last);
  self->last = g_steal_pointer (&line);
}

/**
 * hone_cli_progress_update:
 * @self: a progress
 * @fraction: 0 to 1, NAN where not known
 * @what: (nullable): what goes on
 * @seconds_left: NAN where not known
 *
 * Cheap to call often: the terminal changes ten times a second at most, elsewhere a line is written every five seconds at most.
 */
void
hone_cli_progress_update (HoneCliProgress *self,
                          double           fraction,
                          const char      *what,
                          double           seconds_left)
{
  gint64 now;

  if (self->quiet)
    return;
  now = g_get_monotonic_time ();
  if (now < self->next)
    return;
  self->next = now + (self->terminal ? BAR_INTERVAL : LINE_INTERVAL);
  if (self->terminal)
    show_bar (self, fraction, what, seconds_left);
  else
    show_line (self, fraction, what);
}

/**
 * hone_cli_progress_jobs:
 * @fraction: 0 to 1, NAN where not known
 * @what: (nullable): what goes on
 * @data: a #HoneCliProgress
 */
void
hone_cli_progress_jobs (double      fraction,
                        const char *what,
                        gpointer    data)
{
  hone_cli_progress_update (data, fraction, what, NAN);
}

/**
 * hone_cli_progress_clear:
 * @self: a progress
 *
 * Takes the bar from the terminal.
 */
void
hone_cli_progress_clear (HoneCliProgress *self)
{
  if (self->shown)
    {
      fputs ("\r\033[K", stderr);
      fflush (stderr);
    }
  self->shown = FALSE;
}

/**
 * hone_cli_progress_free:
 * @self: (transfer full): a progress
 */
void
hone_cli_progress_free (HoneCliProgress *self)
{
  hone_cli_progress_clear (self);
  g_free (self->last);
  g_free (self);
}
