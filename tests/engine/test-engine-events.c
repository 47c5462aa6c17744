/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <json-glib/json-glib.h>
#include <locale.h>
#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hone-engine-error.h"
#include "hone-engine-events.h"

typedef struct {
  int               fd;
  HoneEngineEvents *events;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->fd = memfd_create ("events", 0);
  fixture->events = hone_engine_events_new (fixture->fd, NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  hone_engine_events_free (fixture->events);
  close (fixture->fd);
}

static char **
read_lines (Fixture *fixture)
{
  char buffer[8192];
  ssize_t n = pread (fixture->fd, buffer, sizeof buffer - 1, 0);

  g_assert_cmpint (n, >, 0);
  buffer[n] = '\0';
  g_assert_true (g_str_has_suffix (buffer, "}\n"));
  buffer[n - 1] = '\0';
  return g_strsplit (buffer, "\n", -1);
}

static JsonObject *
parse (JsonParser *parser,
       const char *line)
{
  g_autoptr(GError) error = NULL;

  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_all (Fixture       *fixture,
          gconstpointer  data)
{
  static const char *const names[] = { "hello", "stage", "progress", "metric", "checkpoint", "warning", "error", "done" };
  g_autoptr(GError) error = g_error_new_literal (HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, "Line 3 is bad");
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_auto(GStrv) lines = NULL;
  JsonObject *object;

  hone_engine_events_hello (fixture->events);
  hone_engine_events_stage (fixture->events, "fit");
  hone_engine_events_progress (fixture->events, 1, 4);
  hone_engine_events_metric (fixture->events, 2, "loss", 0.25);
  hone_engine_events_checkpoint (fixture->events, "c.bin");
  hone_engine_events_warning (fixture->events, "few-labels", "Few “labels”\n\"quoted\" \\ \x01");
  hone_engine_events_error (fixture->events, error);
  hone_engine_events_done (fixture->events, "model", "model.ngrams", "abc", "pseudo.jsonl");
  lines = read_lines (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (json_object_get_string_member (parse (parser, lines[i]), "event"), ==, names[i]);

  object = parse (parser, lines[0]);
  g_assert_cmpint (json_object_get_int_member (object, "protocol"), ==, 1);
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "methods"), 0), ==, "ngrams");
  object = parse (parser, lines[2]);
  g_assert_cmpint (json_object_get_int_member (object, "steps"), ==, 4);
  g_assert_true (json_object_get_null_member (object, "seconds_left"));
  g_assert_cmpfloat (json_object_get_double_member (parse (parser, lines[3]), "value"), ==, 0.25);
  g_assert_cmpstr (json_object_get_string_member (parse (parser, lines[5]), "message"), ==, "Few “labels”\n\"quoted\" \\ \x01");
  object = parse (parser, lines[6]);
  g_assert_cmpstr (json_object_get_string_member (object, "code"), ==, "bad-data");
  g_assert_true (strlen (json_object_get_string_member (object, "hint")) > 0);
  object = parse (parser, lines[7]);
  g_assert_cmpstr (json_object_get_string_member (object, "model"), ==, "model.ngrams");
  g_assert_cmpstr (json_object_get_string_member (object, "pseudo"), ==, "pseudo.jsonl");
}

/* A name cut in the middle of a letter, and what is no number. */
static void
test_rubbish (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_auto(GStrv) lines = NULL;

  hone_engine_events_warning (fixture->events, "x", "cut \xc3");
  hone_engine_events_metric (fixture->events, 0, "loss", NAN);
  lines = read_lines (fixture);
  g_assert_true (g_utf8_validate (lines[0], -1, NULL));
  parse (parser, lines[0]);
  g_assert_true (json_object_get_null_member (parse (parser, lines[1]), "value"));
}

/* Many calls give few events, but the last step is always told. */
static void
test_throttle (Fixture       *fixture,
               gconstpointer  data)
{
  g_auto(GStrv) lines = NULL;

  hone_engine_events_stage (fixture->events, "fit");
  for (guint i = 1; i <= 1000; i++)
    hone_engine_events_progress (fixture->events, i, 1000);
  lines = read_lines (fixture);
  g_assert_cmpuint (g_strv_length (lines), <, 100);
  g_assert_nonnull (strstr (lines[g_strv_length (lines) - 1], "\"step\":1000,"));
}

/* Steps that an earlier process did took no time in this one: what is left is reckoned without them. */
static void
test_skipped (Fixture       *fixture,
              gconstpointer  data)
{
  const gulong pause = 150000;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_auto(GStrv) lines = NULL;

  hone_engine_events_progress (fixture->events, 1, 100);
  hone_engine_events_skipped (fixture->events);
  hone_engine_events_progress (fixture->events, 50, 100);
  g_usleep (pause);
  hone_engine_events_progress (fixture->events, 51, 100);
  lines = read_lines (fixture);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_true (json_object_get_null_member (parse (parser, lines[1]), "seconds_left"));
  g_assert_cmpfloat (json_object_get_double_member (parse (parser, lines[2]), "seconds_left"), >=, 49 * pause / 1e6 - 1e-3);
}

static void
test_stopping (void)
{
  volatile int stop = 0;
  g_autoptr(HoneEngineEvents) events = hone_engine_events_new (-1, &stop);
  g_autoptr(GError) error = NULL;

  g_assert_false (hone_engine_events_is_stopping (events, &error));
  g_assert_false (hone_engine_events_is_stopping (NULL, &error));
  g_assert_no_error (error);
  stop = 1;
  g_assert_true (hone_engine_events_is_stopping (events, &error));
  g_assert_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_INTERRUPTED);
  g_assert_cmpstr (hone_engine_error_code (error), ==, "interrupted");
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_NUMERIC, "de_DE.UTF-8");   /* where it is installed: a decimal comma must not get into JSON */
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/engine/events/all", Fixture, NULL, set_up, test_all, tear_down);
  g_test_add ("/engine/events/rubbish", Fixture, NULL, set_up, test_rubbish, tear_down);
  g_test_add ("/engine/events/throttle", Fixture, NULL, set_up, test_throttle, tear_down);
  g_test_add ("/engine/events/skipped", Fixture, NULL, set_up, test_skipped, tear_down);
  g_test_add_func ("/engine/events/stopping", test_stopping);
  return g_test_run ();
}
