/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The training half of a tune run: prepare, train, keep. Each stage can be done again after a kill at any point. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <sys/stat.h>

#include "engine/hone-engine-protocol.h"
#include "hone-job-files-private.h"
#include "hone-jobs.h"
#include "hone-lines-private.h"
#include "hone-out-private.h"
#include "hone-tune-private.h"

/* ---- prepare ---- */

static gint64
find_or_add_experiment (HoneWork  *self,
                        GError   **error)
{
  HoneParameters *parameters = self->parameters;
  g_autoptr(GError) reason = NULL;
  g_autoptr(HoneExperiment) experiment = hone_store_find_experiment (self->store, parameters->experiment, &reason);
  g_autoptr(GString) settings = NULL;
  HoneExperiment added;

  if (experiment != NULL)
    return experiment->id;
  if (!g_error_matches (reason, HONE_STORE_ERROR, HONE_STORE_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return 0;
    }
  settings = g_string_new ("{");
  _hone_out_string (settings, "trainer", parameters->trainer);
  g_string_append_c (settings, '}');
  added = (HoneExperiment) {
    .name = parameters->experiment,
    .provider = parameters->provider,
    .method = parameters->method,
    .base = parameters->base,
    .settings = settings->str,
  };
  return hone_store_add_experiment (self->store, &added, error);
}

static gboolean
add_baseline (HoneWork  *self,
              gint64     experiment_id,
              GError   **error)
{
  g_autoptr(GPtrArray) iterations = hone_store_list_iterations (self->store, experiment_id, error);

  if (iterations == NULL)
    return FALSE;
  if (iterations->len > 0)
    return TRUE;
  return _hone_baseline_add (self->store, experiment_id, self->parameters->seed, _hone_work_get_cancellable (self), error);
}

static gint64
add_iteration (HoneWork  *self,
               gint64     experiment_id,
               GError   **error)
{
  g_autoptr(HoneTemplate) template = hone_store_dup_template (self->store);
  g_autofree char *settings = _hone_model_info_print (self->parameters, template);
  HoneIteration iteration = {
    .experiment_id = experiment_id,
    .parent_id = self->parameters->parent_id,
    .ontology_version = hone_store_get_ontology_version (self->store),
    .template_hash = (char *) hone_template_get_hash (template),
    .settings = settings,
  };

  return hone_store_add_iteration (self->store, &iteration, error);
}

static gboolean
freeze_list (HoneWork  *self,
             GError   **error)
{
  HoneTrainingSummary summary = { 0 };

  if (!hone_store_freeze_training_list (self->store, self->record->iteration_id, &summary, error))
    return FALSE;
  self->parameters->n_kept_out = summary.n_kept_out;
  self->parameters->n_disputed = summary.n_disputed;
  return TRUE;
}

/* The iteration of an earlier life is used again, so that a run that goes on trains on what it started with. */
static gboolean
make_iteration (HoneWork  *self,
                GError   **error)
{
  g_autoptr(HoneIteration) earlier = NULL;
  gint64 experiment_id = 0;

  if (self->record->iteration_id != 0)
    earlier = hone_store_get_iteration (self->store, self->record->iteration_id, NULL);
  if (earlier != NULL)
    return TRUE;
  self->record->iteration_id = 0;
  experiment_id = find_or_add_experiment (self, error);
  if (experiment_id == 0 || !add_baseline (self, experiment_id, error))
    return FALSE;
  self->record->iteration_id = add_iteration (self, experiment_id, error);
  return self->record->iteration_id != 0 && _hone_work_save (self, error);
}

typedef struct {
  HoneWork           *work;
  const HoneOntology *ontology;
  const HoneTemplate *template;
  HoneOutFile        *file;
  GString            *line;
  guint64             n_written;
} TextWriter;

static gboolean
write_text (TextWriter             *self,
            gint64                  id,
            const char             *text,
            const HoneCategorySet  *categories,
            double                  weight,
            GError                **error)
{
  g_autofree char *rendered = hone_template_render (self->template, text);

  if (g_cancellable_set_error_if_cancelled (_hone_work_get_cancellable (self->work), error))
    return FALSE;
  self->n_written++;
  _hone_job_print_text (self->line, id, rendered, self->ontology, categories, weight);
  return _hone_out_file_write (self->file, self->line->str, self->line->len, error);
}

static gboolean
write_item (const HoneTrainingItem  *item,
            const char              *text,
            gpointer                 data,
            GError                 **error)
{
  return item->pseudo || write_text (data, item->example_id, text, item->categories, item->weight, error);
}

static gboolean
write_unlabelled (const HoneExample  *example,
                  gpointer            data,
                  GError            **error)
{
  return write_text (data, example->id, example->text, NULL, 1, error);
}

static gboolean
write_list (HoneWork           *self,
            const char         *name,
            const HoneOntology *ontology,
            const HoneTemplate *template,
            guint64            *n_written,
            GError            **error)
{
  gboolean labelled = g_str_equal (name, HONE_PROTOCOL_TRAIN_FILE);
  g_autofree char *path = g_build_filename (self->record->directory, name, NULL);
  g_autoptr(GString) line = g_string_new (NULL);
  g_autoptr(HoneOutFile) file = _hone_out_file_open (path, error);
  TextWriter writer = { self, ontology, template, file, line, 0 };
  gboolean good;

  if (file == NULL)
    return FALSE;
  if (labelled)
    good = hone_store_each_training_item (self->store, self->record->iteration_id, write_item, &writer, error);
  else
    good = hone_store_each_unlabelled (self->store, write_unlabelled, &writer, error);
  *n_written = writer.n_written;
  return good && _hone_out_file_close (file, error);
}

gboolean
_hone_tune_wants_self_training (const char *settings)
{
  HoneJson *object = hone_json_parse (settings, -1, NULL);
  gboolean wanted = hone_json_get_boolean (hone_json_get (object, "self_training"));

  g_clear_pointer (&object, hone_json_free);
  return wanted;
}

static gboolean
write_directory (HoneWork            *self,
                 const HoneOntology  *ontology,
                 const HoneTemplate  *template,
                 GError             **error)
{
  HoneParameters *parameters = self->parameters;
  HoneJobSpec spec = {
    .kind = HONE_PROTOCOL_KIND_TRAIN,
    .base = parameters->base,
    .parent_model = parameters->parent_model,
    .method = parameters->method,
    .seed = parameters->seed,
    .settings = parameters->settings,
    .ontology = ontology,
  };

  parameters->n_unlabelled = 0;
  if (!_hone_job_check_answers (ontology, template, error) ||
      !write_list (self, HONE_PROTOCOL_TRAIN_FILE, ontology, template, &parameters->n_trained, error))
    return FALSE;
  if (parameters->n_trained == 0)
    {
      /* A kill between making the iteration and freezing its list. */
      if (!freeze_list (self, error) ||
          !write_list (self, HONE_PROTOCOL_TRAIN_FILE, ontology, template, &parameters->n_trained, error))
        return FALSE;
    }
  if (parameters->n_trained == 0)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_NO_LABELS, _("No text of train has a label to learn from"));
      return FALSE;
    }
  if (_hone_tune_wants_self_training (parameters->settings) &&
      !write_list (self, HONE_PROTOCOL_UNLABELLED_FILE, ontology, template, &parameters->n_unlabelled, error))
    return FALSE;
  return _hone_job_write (self->record->directory, &spec, error);
}

gboolean
_hone_stage_prepare (HoneWork  *self,
                     GError   **error)
{
  g_autoptr(HoneIteration) iteration = NULL;
  g_autoptr(HoneOntology) ontology = NULL;
  g_auto(HoneModelInfo) info = { 0 };

  _hone_work_set_message (self, g_strdup (_("Writing the training list")));
  if (!make_iteration (self, error))
    return FALSE;
  iteration = hone_store_get_iteration (self->store, self->record->iteration_id, error);
  if (iteration == NULL || !_hone_model_info_read (self->store, iteration, &info, error))
    return FALSE;
  ontology = hone_store_dup_ontology_at (self->store, iteration->ontology_version, error);
  if (ontology == NULL)
    return FALSE;
  /* Whatever an earlier life left there belongs to another list. */
  _hone_remove_tree (self->record->directory);
  self->parameters->seconds = 0;
  self->parameters->since = 0;
  return _hone_make_folder (self->record->directory, error) && write_directory (self, ontology, info.template, error);
}

/* ---- train ---- */

/* A run that is resumed after its time was up gets it anew. */
static double
get_seconds_left (HoneParameters *parameters)
{
  double used = parameters->seconds;

  if (parameters->since != 0)
    used += MAX (g_get_real_time () - parameters->since, 0) / (double) G_TIME_SPAN_SECOND;
  if (parameters->minutes <= 0)
    return 0;
  return used < parameters->minutes * 60 ? parameters->minutes * 60 - used : parameters->minutes * 60;
}

/* The trainer may have gone on for longer than we watched, or ended while nobody did. */
static void
count_time (HoneWork *self)
{
  g_autofree char *path = g_build_filename (self->record->directory, HONE_PROTOCOL_EVENTS_FILE, NULL);
  HoneParameters *parameters = self->parameters;
  struct stat status;

  if (parameters->since == 0)
    return;
  if (stat (path, &status) == 0)
    {
      gint64 end = status.st_mtim.tv_sec * G_TIME_SPAN_SECOND + status.st_mtim.tv_nsec / 1000;

      parameters->seconds += MAX (end - parameters->since, 0) / (double) G_TIME_SPAN_SECOND;
    }
  parameters->since = 0;
}

gboolean
_hone_stage_train (HoneWork  *self,
                   GError   **error)
{
  g_auto(HoneEvent) done = { 0 };
  gboolean good;

  _hone_work_set_message (self, g_strdup_printf (_("Training on %" G_GUINT64_FORMAT " labels"), self->parameters->n_trained));
  if (!self->recovered)
    count_time (self);
  if (self->parameters->since == 0)
    self->parameters->since = g_get_real_time ();
  if (!_hone_work_save (self, error))
    return FALSE;
  good = _hone_work_train (self, self->record->directory, get_seconds_left (self->parameters), &done, error);
  if (good || _hone_control_get (self->control) != HONE_REQUEST_DETACH)
    count_time (self);
  return good;
}

/* ---- keep ---- */

typedef struct {
  HoneWork           *work;
  const HoneOntology *ontology;
  GArray             *asked;        /* ids of the unlabelled texts, ascending */
  guint8             *seen;         /* one per id */
  GArray             *batch;        /* of HoneTrainingItem */
} PseudoReader;

static gboolean
flush_pseudo (PseudoReader  *self,
              GError       **error)
{
  HoneTrainingItem *items = (HoneTrainingItem *) (gpointer) self->batch->data;
  gboolean good = self->batch->len == 0 ||
                  hone_store_add_pseudo (self->work->store, self->work->record->iteration_id, items, self->batch->len, error);

  for (guint i = 0; i < self->batch->len; i++)
    hone_category_set_unref (items[i].categories);
  if (good)
    self->work->parameters->n_pseudo += self->batch->len;
  g_array_set_size (self->batch, 0);
  return good;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static gboolean
take_pseudo (const char  *line,
             gsize        length,
             guint64      number,
             gpointer     data,
             GError     **error)
{
  PseudoReader *self = data;
  g_auto(HoneAnswerLine) answer = { 0 };
  HoneTrainingItem item = { .pseudo = TRUE, .weight = 1 };
  guint at;

  if (!_hone_pseudo_line_parse (line, length, self->ontology, &answer, error))
    return FALSE;
  if (!g_array_binary_search (self->asked, &answer.id, compare_ids, &at) || self->seen[at]++ > 0)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL,
                   _("line %" G_GUINT64_FORMAT ": text %" G_GINT64_FORMAT " was not given to it or has a pseudo-label already"), number,
                   answer.id);
      return FALSE;
    }
  if (hone_category_set_get_size (answer.categories) == 0)
    return TRUE;
  item.example_id = answer.id;
  item.categories = g_steal_pointer (&answer.categories);
  g_array_append_val (self->batch, item);
  return self->batch->len < 500 || flush_pseudo (self, error);
}

static gboolean
add_pseudo (HoneWork         *self,
            const HoneEvent  *done,
            GError          **error)
{
  const char *directory = self->record->directory;
  g_autofree char *asked = g_build_filename (directory, HONE_PROTOCOL_UNLABELLED_FILE, NULL);
  g_autofree char *path = NULL;
  g_autoptr(HoneIteration) iteration = NULL;
  g_autoptr(HoneOntology) ontology = NULL;
  g_autoptr(GArray) ids = NULL;
  g_autofree guint8 *seen = NULL;
  g_autoptr(GArray) batch = g_array_new (FALSE, FALSE, sizeof (HoneTrainingItem));
  PseudoReader reader;

  if (done->pseudo == NULL || !_hone_tune_wants_self_training (self->parameters->settings))
    return TRUE;
  path = _hone_job_resolve (directory, done->pseudo, _hone_work_get_program (self), error);
  iteration = path != NULL ? hone_store_get_iteration (self->store, self->record->iteration_id, error) : NULL;
  ontology = iteration != NULL ? hone_store_dup_ontology_at (self->store, iteration->ontology_version, error) : NULL;
  ids = ontology != NULL ? _hone_job_read_ids (asked, _hone_work_get_cancellable (self), error) : NULL;
  if (ids == NULL)
    return FALSE;
  seen = g_new0 (guint8, ids->len + 1);
  self->parameters->n_pseudo = 0;
  reader = (PseudoReader) { self, ontology, ids, seen, batch };
  if (_hone_lines_each (path, HONE_PROTOCOL_MAX_LINE, take_pseudo, &reader, _hone_work_get_cancellable (self), error))
    return flush_pseudo (&reader, error);
  g_prefix_error (error, _("The pseudo-labels of “%s” cannot be used: "), _hone_work_get_program (self));
  for (guint i = 0; i < batch->len; i++)
    hone_category_set_unref (g_array_index (batch, HoneTrainingItem, i).categories);
  return FALSE;
}

gboolean
_hone_stage_keep (HoneWork  *self,
                  GError   **error)
{
  g_auto(HoneEvent) done = { 0 };
  const char *program = _hone_work_get_program (self);

  _hone_work_set_message (self, g_strdup (_("Checking and keeping the model")));
  if (!_hone_work_collect (self, self->record->directory, &done, error))
    return FALSE;
  g_free (self->parameters->model);
  self->parameters->model = _hone_job_keep_model (self->record->directory, &done, program, _hone_work_get_cancellable (self), error);
  return self->parameters->model != NULL && add_pseudo (self, &done, error);
}
