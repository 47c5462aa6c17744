/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Progress, and the place where a run notices that it shall stop. */
#include "config.h"

#include "hone-ngrams-work.h"

/**
 * hone_ngrams_work_fit:
 * @work: a training
 * @set: texts to fit
 * @func: takes each category's weights
 * @data: for @func
 * @error: return location for %HONE_ENGINE_ERROR_INTERRUPTED
 *
 * Fits all categories.
 *
 * Returns: %FALSE where the run shall stop
 */
gboolean
hone_ngrams_work_fit (HoneNgramsWork        *work,
                      const HoneTrainingSet *set,
                      HoneNgramsColumnFunc   func,
                      gpointer               data,
                      GError               **error)
{
  g_autoptr(HoneNgramsFit) fit = hone_ngrams_fit_new (work->matrix, set, work->choice, work->seed);

  for (guint c = 0; c < work->n_categories; c++)
    {
      if (hone_engine_events_is_stopping (work->events, error))
        return FALSE;
      func (work, c, hone_ngrams_fit_has_seen (fit, c), hone_ngrams_fit_category (fit, c), data);
      hone_engine_events_progress (work->events, ++work->step, work->steps);
    }
  return TRUE;
}

/**
 * hone_ngrams_work_skip:
 * @work: a training
 *
 * Counts the steps of one fit as done.
 */
void
hone_ngrams_work_skip (HoneNgramsWork *work)
{
  work->step += work->n_categories;
  hone_engine_events_skipped (work->events);
  hone_engine_events_progress (work->events, work->step, work->steps);
}
