/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The asking half of a tune run, and all of a predict run: ask, predict, score. Each stage can be done again after a kill. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "engine/hone-engine-protocol.h"
#include "hone-job-files-private.h"
#include "hone-jobs.h"
#include "hone-out-private.h"
#include "hone-timing-private.h"
#include "hone-work-private.h"

/* Everything about the model that a stage needs. */
typedef struct {
  HoneIteration *iteration;
  HoneOntology  *ontology;     /* of the iteration's time */
  HoneModelInfo  info;
} Subject;

static void
subject_clear (Subject *self)
{
  g_clear_pointer (&self->iteration, hone_iteration_free);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  _hone_model_info_clear (&self->info);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)

static gboolean
subject_load (Subject   *self,
              HoneWork  *work,
              GError   **error)
{
  self->iteration = hone_store_get_iteration (work->store, work->record->iteration_id, error);
  if (self->iteration == NULL || !_hone_model_info_read (work->store, self->iteration, &self->info, error))
    return FALSE;
  self->ontology = hone_store_dup_ontology_at (work->store, self->iteration->ontology_version, error);
  return self->ontology != NULL;
}

/* ---- ask ---- */

typedef struct {
  HoneWork           *work;
  const HoneTemplate *template;
  HoneOutFile        *file;
  GString            *line;
  guint64             n_written;
} QuestionWriter;

static gboolean
write_question (const HoneExample  *example,
                gpointer            data,
                GError            **error)
{
  QuestionWriter *self = data;
  g_autofree char *rendered = hone_template_render (self->template, example->text);

  if (g_cancellable_set_error_if_cancelled (_hone_work_get_cancellable (self->work), error))
    return FALSE;
  self->n_written++;
  _hone_job_print_text (self->line, example->id, rendered, NULL, NULL, 1);
  return _hone_out_file_write (self->file, self->line->str, self->line->len, error);
}

static gboolean
write_questions (HoneWork    *self,
                 Subject     *subject,
                 const char  *directory,
                 GError     **error)
{
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_INPUT_FILE, NULL);
  g_autoptr(GString) line = g_string_new (NULL);
  g_autoptr(HoneOutFile) file = _hone_out_file_open (path, error);
  QuestionWriter writer = { self, subject->info.template, file, line, 0 };

  if (file == NULL ||
      !hone_store_each_unpredicted (self->store, subject->iteration->id, self->parameters->split, write_question, &writer, error))
    return FALSE;
  self->parameters->n_asked = writer.n_written;
  return _hone_out_file_close (file, error);
}

gboolean
_hone_stage_ask (HoneWork  *self,
                 GError   **error)
{
  g_autofree char *directory = _hone_work_dup_predict_directory (self);
  g_auto(Subject) subject = { 0 };
  HoneJobSpec spec = { .kind = HONE_PROTOCOL_KIND_PREDICT };

  self->parameters->n_asked = 0;
  if (!subject_load (&subject, self, error))
    return FALSE;
  if (_hone_baseline_is (subject.iteration))
    return TRUE;
  _hone_remove_tree (directory);
  if (!_hone_make_folder (directory, error) || !write_questions (self, &subject, directory, error))
    return FALSE;
  spec.base = subject.info.base;
  spec.method = subject.info.method;
  spec.seed = subject.info.seed;
  spec.settings = subject.info.settings;
  spec.ontology = subject.ontology;
  spec.parent_model = self->parameters->model;
  return _hone_job_write (directory, &spec, error);
}

/* ---- predict ---- */

gboolean
_hone_stage_predict (HoneWork  *self,
                     GError   **error)
{
  g_autofree char *directory = _hone_work_dup_predict_directory (self);
  g_auto(HoneEvent) done = { 0 };

  if (self->parameters->n_asked == 0)
    return TRUE;
  _hone_work_set_message (self, g_strdup_printf (_("Asking about %" G_GUINT64_FORMAT " texts of %s"), self->parameters->n_asked,
                                                 hone_split_to_string (self->parameters->split)));
  return _hone_work_train (self, directory, 0, &done, error);
}

/* ---- score ---- */

static gboolean
take_answers (HoneWork  *self,
              Subject   *subject,
              guint64   *n_answered,
              GError   **error)
{
  g_autofree char *directory = _hone_work_dup_predict_directory (self);
  g_auto(HoneEvent) done = { 0 };

  if (_hone_baseline_is (subject->iteration))
    return _hone_baseline_predict (self->store, subject->iteration, self->parameters->split, n_answered, _hone_work_get_cancellable (self),
                                   error);
  if (self->parameters->n_asked == 0)
    return TRUE;
  return _hone_work_collect (self, directory, &done, error) &&
         _hone_answers_store (self->store, subject->iteration, subject->ontology, subject->info.template, directory, &done,
                              _hone_work_get_program (self), n_answered, _hone_work_get_cancellable (self), error);
}

/* A split without texts has nothing to publish: it must not look predicted once texts come. */
static gboolean
split_has_texts (HoneWork  *self,
                 gboolean  *has_texts,
                 gboolean  *has_labels,
                 GError   **error)
{
  HoneSplitCounts counts[HONE_N_SPLITS];

  if (!hone_store_get_split_counts (self->store, counts, error))
    return FALSE;
  *has_texts = counts[self->parameters->split].examples > 0;
  *has_labels = counts[self->parameters->split].labelled > 0;
  return TRUE;
}

static gboolean
publish_iteration (HoneWork  *self,
                   Subject   *subject,
                   GError   **error)
{
  HoneParameters *parameters = self->parameters;
  HoneIteration *iteration = subject->iteration;

  if (g_strcmp0 (self->record->kind, HONE_RUN_KIND_TUNE) != 0)
    return TRUE;
  g_free (iteration->model);
  iteration->model = g_strdup (parameters->model);
  iteration->seconds = parameters->seconds;
  iteration->n_trained = parameters->n_trained;
  iteration->n_pseudo = parameters->n_pseudo;
  if (!hone_store_publish_iteration (self->store, iteration, error))
    return FALSE;
  _hone_timing_add (parameters, parameters->n_trained + parameters->n_unlabelled, parameters->seconds);
  return TRUE;
}

/* Texts are of no use any more once everything is in the project; what was said stays for whoever wants to look. */
static void
tidy (const char *directory)
{
  g_autoptr(GDir) folder = g_dir_open (directory, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (!g_str_equal (name, HONE_PROTOCOL_JOB_FILE) && !g_str_equal (name, HONE_PROTOCOL_EVENTS_FILE) &&
        !g_str_equal (name, HONE_PROTOCOL_LOG_FILE))
      {
        g_autofree char *path = g_build_filename (directory, name, NULL);

        if (g_str_equal (name, "predict"))
          tidy (path);
        else
          _hone_remove_tree (path);
      }
}

static char *
sum_up (HoneWork  *self,
        Subject   *subject,
        guint64    n_answered,
        gboolean   has_texts,
        gboolean   has_labels)
{
  HoneParameters *parameters = self->parameters;
  const char *split = hone_split_to_string (parameters->split);
  GString *message = g_string_new (NULL);

  if (g_strcmp0 (self->record->kind, HONE_RUN_KIND_TUNE) == 0)
    g_string_printf (message, _("%s@%d: trained on %" G_GUINT64_FORMAT " labels"), subject->iteration->experiment,
                     subject->iteration->number, parameters->n_trained);
  else
    g_string_printf (message, "%s@%d", subject->iteration->experiment, subject->iteration->number);
  if (parameters->n_pseudo > 0)
    g_string_append_printf (message, _(" and %" G_GUINT64_FORMAT " pseudo-labels"), parameters->n_pseudo);
  if (parameters->n_kept_out > 0)
    g_string_append_printf (message, _("; %" G_GUINT64_FORMAT " labels kept out as near copies of validation or test texts"),
                            parameters->n_kept_out);
  if (n_answered > 0)
    g_string_append_printf (message, _("; %" G_GUINT64_FORMAT " texts of %s predicted"), n_answered, split);
  else if (has_texts)
    g_string_append_printf (message, _("; no text of %s was left to ask about"), split);
  if (n_answered < parameters->n_asked)
    g_string_append_printf (message, _("; %" G_GUINT64_FORMAT " without an answer"), parameters->n_asked - n_answered);
  if (!has_texts)
    g_string_append_printf (message, _("; nothing was scored: %s has no texts"), split);
  else if (!has_labels)
    g_string_append_printf (message, _("; nothing was scored: no text of %s has a label"), split);
  return g_string_free (message, FALSE);
}

gboolean
_hone_stage_score (HoneWork  *self,
                   GError   **error)
{
  g_auto(Subject) subject = { 0 };
  gboolean has_texts = FALSE, has_labels = FALSE;
  guint64 n_answered = 0;

  if (!subject_load (&subject, self, error) || !take_answers (self, &subject, &n_answered, error) ||
      !split_has_texts (self, &has_texts, &has_labels, error))
    return FALSE;
  if (has_texts && !hone_store_publish_predictions (self->store, subject.iteration->id, self->parameters->split, error))
    return FALSE;
  if (!publish_iteration (self, &subject, error))
    return FALSE;
  _hone_work_set_message (self, sum_up (self, &subject, n_answered, has_texts, has_labels));
  if (self->record->directory != NULL)
    tidy (self->record->directory);
  return TRUE;
}
