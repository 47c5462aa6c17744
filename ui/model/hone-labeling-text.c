/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The text at hand, and what is read around it. */
#include "config.h"

#include "hone-labeling-private.h"

/* ---- around the queue: what there is, and in which orders ---- */

static gint64
find_midnight (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autoptr(GDateTime) midnight = g_date_time_new_local (g_date_time_get_year (now), g_date_time_get_month (now),
                                                         g_date_time_get_day_of_month (now), 0, 0, 0.0);

  return midnight ? g_date_time_to_unix (midnight) * G_USEC_PER_SEC : 0;
}

gboolean
_hone_labeling_is_today (HoneLabeling *self)
{
  return self->day == find_midnight ();
}

typedef struct {
  gint64        id, iteration, since;
  char         *author;
  HoneLabeling *labeling;      /* holds it while it is read */
  GCancellable *cancellable;
} Question;

static Question *
question_new (HoneLabeling *self,
              GCancellable *cancellable)
{
  Question *question = g_new0 (Question, 1);

  question->iteration = hone_selection_get_iteration (self->selection);
  question->author = g_strdup (hone_project_get_author (self->project));
  question->labeling = g_object_ref (self);
  question->cancellable = g_object_ref (cancellable);
  return question;
}

static void
question_free (Question *question)
{
  g_clear_object (&question->labeling);
  g_clear_object (&question->cancellable);
  g_free (question->author);
  g_free (question);
}

static GCancellable *
renew (GCancellable **slot)
{
  g_cancellable_cancel (*slot);
  g_clear_object (slot);
  return *slot = g_cancellable_new ();
}

static gpointer
read_survey (HoneStore     *store,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Question *question = data;

  return hone_labeling_survey_read (store, question->iteration, question->author, question->since, error);
}

static void
survey_cb (GObject      *store,
           GAsyncResult *result,
           gpointer      user_data)
{
  Question *question = user_data;
  HoneLabeling *self = question->labeling;
  g_autoptr(GError) error = NULL;
  HoneLabelingSurvey *survey = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (g_cancellable_is_cancelled (question->cancellable))
    {
      g_free (survey);
      question_free (question);
      return;
    }
  self->in_survey = FALSE;
  if (survey)
    {
      g_free (self->survey);
      self->survey = survey;
      self->day = question->since;
      _hone_labeling_emit_progress (self);
      if (!self->current)
        _hone_labeling_emit_shown (self);
    }
  else
    {
      _hone_labeling_emit_failed (self, error);
    }
  question_free (question);
}

/* What comes of one that is overtaken by another is not looked at. */
void
_hone_labeling_survey (HoneLabeling *self)
{
  Question *question = question_new (self, renew (&self->surveying));

  question->since = find_midnight ();
  self->in_survey = TRUE;
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, read_survey, question, NULL, g_free, question->cancellable,
                         survey_cb, question);
}

/* ---- the text at hand ---- */

void
_hone_labeling_reset_chosen (HoneLabeling *self)
{
  HoneLabelingStep *step = self->current ? hone_labeling_log_find (self->log, hone_example_item_get_id (self->current)) : NULL;
  const HoneExample *example = self->current ? hone_example_item_get_example (self->current) : NULL;
  HoneCategorySet *chosen = NULL;

  if (step)
    chosen = hone_labeling_step_get_categories (step);
  else if (self->details && self->details->decided)
    chosen = self->details->own;
  else if (example)
    chosen = example->reference;
  if (chosen)
    hone_category_set_ref (chosen);
  g_clear_pointer (&self->chosen, hone_category_set_unref);
  self->chosen = chosen;
  self->touched = FALSE;
}

static gpointer
read_details (HoneStore     *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const Question *question = data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return hone_labeling_details_read (store, question->id, question->iteration, question->author, error);
}

static void
take_details (HoneLabeling        *self,
              HoneLabelingDetails *details)
{
  g_clear_pointer (&self->details, hone_labeling_details_free);
  self->details = details;
  if (!details->row)
    {
      /* The text was deleted meanwhile; a decision that failed for it is given up by hand. */
      if (self->pending)
        return;
      g_clear_object (&self->current);
      _hone_labeling_go_on (self);
      return;
    }
  self->loaded = TRUE;
  self->flag = details->row->example->flag;
  hone_set_str (&self->note, details->note);
  hone_example_item_set_row (self->current, g_steal_pointer (&details->row));
  if (!self->touched && !self->pending)
    _hone_labeling_reset_chosen (self);
  _hone_labeling_emit_shown (self);
}

static void
details_cb (GObject      *store,
            GAsyncResult *result,
            gpointer      user_data)
{
  Question *question = user_data;
  HoneLabeling *self = question->labeling;
  g_autoptr(GError) error = NULL;
  HoneLabelingDetails *details = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (g_cancellable_is_cancelled (question->cancellable))
    g_clear_pointer (&details, hone_labeling_details_free);
  else if (details)
    take_details (self, details);
  else
    _hone_labeling_emit_failed (self, error);
  question_free (question);
}

void
_hone_labeling_read_details (HoneLabeling *self)
{
  Question *question;

  if (!self->current)
    return;
  question = question_new (self, renew (&self->reading));
  question->id = hone_example_item_get_id (self->current);
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, read_details, question, NULL,
                         (GDestroyNotify) hone_labeling_details_free, question->cancellable, details_cb, question);
}

static void
on_loaded (HoneLabeling *self)
{
  const HoneExample *example = hone_example_item_get_example (self->current);

  /* A page that was asked for earlier may come later, and knows less. */
  if (self->loaded || !example)
    return;
  self->loaded = TRUE;
  self->flag = example->flag;
  if (!self->touched && !self->pending)
    _hone_labeling_reset_chosen (self);
  _hone_labeling_emit_shown (self);
}

void
_hone_labeling_set_current (HoneLabeling    *self,
                            HoneExampleItem *item,
                            guint            position)
{
  const HoneExample *example = item ? hone_example_item_get_example (item) : NULL;

  if (self->current)
    g_signal_handlers_disconnect_by_func (self->current, on_loaded, self);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_set_object (&self->current, item);
  self->position = position;
  g_clear_pointer (&self->details, hone_labeling_details_free);
  hone_set_str (&self->note, NULL);
  self->loaded = example != NULL;
  self->flag = example && example->flag;
  _hone_labeling_reset_chosen (self);
  if (item)
    g_signal_connect_object (item, "notify::loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  _hone_labeling_emit_shown (self);
  _hone_labeling_emit_progress (self);
  _hone_labeling_read_details (self);
}
