/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "jobs/hone-run.h"

/* Written out from the words of the design: what a user may ask for, and what may happen to a run at work. */
static const struct {
  HoneRunState from, to;
} legal[] = {
  { HONE_RUN_QUEUED, HONE_RUN_RUNNING },      { HONE_RUN_QUEUED, HONE_RUN_CANCELLED },      { HONE_RUN_QUEUED, HONE_RUN_PAUSED },
  { HONE_RUN_QUEUED, HONE_RUN_INTERRUPTED },
  { HONE_RUN_RUNNING, HONE_RUN_PAUSED },      { HONE_RUN_RUNNING, HONE_RUN_SUCCEEDED },     { HONE_RUN_RUNNING, HONE_RUN_FAILED },
  { HONE_RUN_RUNNING, HONE_RUN_CANCELLED },   { HONE_RUN_RUNNING, HONE_RUN_INTERRUPTED },
  { HONE_RUN_PAUSED, HONE_RUN_QUEUED },       { HONE_RUN_PAUSED, HONE_RUN_CANCELLED },
  { HONE_RUN_FAILED, HONE_RUN_QUEUED },
  { HONE_RUN_CANCELLED, HONE_RUN_QUEUED },
  { HONE_RUN_INTERRUPTED, HONE_RUN_QUEUED },  { HONE_RUN_INTERRUPTED, HONE_RUN_CANCELLED },
};

static gboolean
is_legal (HoneRunState from,
          HoneRunState to)
{
  for (gsize i = 0; i < G_N_ELEMENTS (legal); i++)
    if (legal[i].from == from && legal[i].to == to)
      return TRUE;
  return FALSE;
}

static void
test_table (void)
{
  for (int from = HONE_RUN_QUEUED; from <= HONE_RUN_INTERRUPTED; from++)
    for (int to = HONE_RUN_QUEUED; to <= HONE_RUN_INTERRUPTED; to++)
      if (hone_run_state_can_change (from, to) != is_legal (from, to))
        g_error ("from %s to %s", hone_run_state_to_string (from), hone_run_state_to_string (to));
}

static void
test_final (void)
{
  for (int state = HONE_RUN_QUEUED; state <= HONE_RUN_INTERRUPTED; state++)
    g_assert_cmpint (hone_run_state_is_final (state), ==, state != HONE_RUN_QUEUED && state != HONE_RUN_RUNNING);
}

static void
test_names (void)
{
  GEnumClass *names = g_type_class_ref (HONE_TYPE_RUN_STATE);

  for (int state = HONE_RUN_QUEUED; state <= HONE_RUN_INTERRUPTED; state++)
    g_assert_cmpstr (g_enum_get_value (names, state)->value_nick, ==, hone_run_state_to_string (state));
  g_type_class_unref (names);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/jobs/run-state/table", test_table);
  g_test_add_func ("/jobs/run-state/final", test_final);
  g_test_add_func ("/jobs/run-state/names", test_names);
  return g_test_run ();
}
