/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which state may follow which, and what the stages are called. */
#include "config.h"

#include "hone-run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define BIT(state) (1u << HONE_RUN_##state)

static const guint successors[] = {
  [HONE_RUN_QUEUED]      = BIT (RUNNING) | BIT (CANCELLED) | BIT (PAUSED) | BIT (INTERRUPTED),
  [HONE_RUN_RUNNING]     = BIT (PAUSED) | BIT (SUCCEEDED) | BIT (FAILED) | BIT (CANCELLED) | BIT (INTERRUPTED),
  [HONE_RUN_PAUSED]      = BIT (QUEUED) | BIT (CANCELLED),
  [HONE_RUN_SUCCEEDED]   = 0,
  [HONE_RUN_FAILED]      = BIT (QUEUED),
  [HONE_RUN_CANCELLED]   = BIT (QUEUED),
  [HONE_RUN_INTERRUPTED] = BIT (QUEUED) | BIT (CANCELLED),
};

/**
 * hone_run_state_can_change:
 * @from: a state
 * @to: another
 *
 * The one table of the state machine. Whoever resumes goes through queued; only a running run can succeed, fail or be found interrupted.
 *
 * Returns: whether @to may follow @from
 */
gboolean
hone_run_state_can_change (HoneRunState from,
                           HoneRunState to)
{
  g_return_val_if_fail ((guint) from < G_N_ELEMENTS (successors), FALSE);

  return (successors[from] & (1u << to)) != 0;
}

/**
 * hone_run_state_is_final:
 * @state: a state
 *
 * Returns: whether nothing happens in it any more until somebody resumes the run
 */
gboolean
hone_run_state_is_final (HoneRunState state)
{
  return state != HONE_RUN_QUEUED && state != HONE_RUN_RUNNING;
}

/**
 * hone_run_stage_to_string:
 * @stage: (nullable): stage of a run
 *
 * Returns: the stage as people say it, translated
 */
const char *
hone_run_stage_to_string (const char *stage)
{
  static const char * const names[][2] = {
    { "prepare", N_("Preparing") },
    { "train", N_("Training") },
    { "keep", N_("Keeping the model") },
    { "ask", N_("Asking the model") },
    { "predict", N_("Predicting") },
    { "score", N_("Scoring") },
  };

  for (gsize i = 0; stage != NULL && i < G_N_ELEMENTS (names); i++)
    if (strcmp (stage, names[i][0]) == 0)
      return _(names[i][1]);
  return stage != NULL ? stage : _("Waiting");
}

GType
hone_run_state_get_type (void)
{
  static gsize type = 0;

  if (g_once_init_enter (&type))
    {
      static const GEnumValue values[] = {
        { HONE_RUN_QUEUED, "HONE_RUN_QUEUED", "queued" },
        { HONE_RUN_RUNNING, "HONE_RUN_RUNNING", "running" },
        { HONE_RUN_PAUSED, "HONE_RUN_PAUSED", "paused" },
        { HONE_RUN_SUCCEEDED, "HONE_RUN_SUCCEEDED", "succeeded" },
        { HONE_RUN_FAILED, "HONE_RUN_FAILED", "failed" },
        { HONE_RUN_CANCELLED, "HONE_RUN_CANCELLED", "cancelled" },
        { HONE_RUN_INTERRUPTED, "HONE_RUN_INTERRUPTED", "interrupted" },
        { 0, NULL, NULL },
      };

      g_once_init_leave (&type, g_enum_register_static ("HoneRunState", values));
    }
  return type;
}
