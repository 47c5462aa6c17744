/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "jobs/hone-jobs.h"
#include "jobs/hone-lines-private.h"

/* Gives @text in pieces of @piece bytes; returns the lines joined by "/", "!" for one that is too long. */
static char *
cut (const char *text,
     gsize       piece,
     gsize       max_line)
{
  g_autoptr(HoneLines) lines = _hone_lines_new (max_line);
  GString *result = g_string_new (NULL);
  gsize length = strlen (text);

  for (gsize at = 0; at <= length; at += piece)
    {
      gboolean at_end = at + piece > length;
      HoneLinesStatus status;
      const char *line;
      gsize n;

      _hone_lines_push (lines, text + at, MIN (piece, length - at));
      while ((status = _hone_lines_next (lines, at_end, &line, &n)) != HONE_LINES_MORE)
        {
          if (result->len > 0)
            g_string_append_c (result, '/');
          if (status == HONE_LINES_LINE)
            {
              g_assert_cmpuint (strlen (line), ==, n);
              g_string_append_len (result, line, n);
            }
          else
            g_string_append_c (result, '!');
        }
    }
  g_assert_cmpuint (_hone_lines_get_position (lines), ==, length);
  return g_string_free (result, FALSE);
}

static void
check (const char *text,
       gsize       max_line,
       const char *wanted)
{
  for (gsize piece = 1; piece < 40; piece++)
    {
      g_autofree char *found = cut (text, piece, max_line);

      g_assert_cmpstr (found, ==, wanted);
    }
}

static void
test_cut (void)
{
  check ("", 10, "");
  check ("one\ntwo\n", 10, "one/two");
  check ("one\r\ntwo", 10, "one/two");
  check ("one\n\n\nlast", 10, "one///last");
}

/* Of a line that is too long nothing is given out, whatever the pieces; the next one is whole. */
static void
test_too_long (void)
{
  check ("0123456789\nab\n", 10, "0123456789/ab");
  check ("0123456789x\nab\n", 10, "!/ab");
  check ("ab\n0123456789012345678901234567890123456789\ncd", 10, "ab/!/cd");
  check ("0123456789012345678901234567890123456789", 10, "!");
}

static gboolean
count_line (const char  *line,
            gsize        length,
            guint64      number,
            gpointer     data,
            GError     **error)
{
  guint64 *last = data;

  *last = number;
  return TRUE;
}

static void
test_file (void)
{
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "lines", NULL);
  g_autoptr(GError) error = NULL;
  guint64 last = 0;

  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  g_file_set_contents (path, "a\n\nb\n", -1, NULL);
  g_assert_true (_hone_lines_each (path, 10, count_line, &last, NULL, &error));
  g_assert_cmpuint (last, ==, 3);
  g_file_set_contents (path, "a\n0123456789x\n", -1, NULL);
  g_assert_false (_hone_lines_each (path, 10, count_line, &last, NULL, &error));
  g_assert_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "2"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/lines/cut", test_cut);
  g_test_add_func ("/jobs/lines/too-long", test_too_long);
  g_test_add_func ("/jobs/lines/file", test_file);
  return g_test_run ();
}
