/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One example of the store as one record: its labels, known answers and predictions, with ids of categories turned into keys. */
#include "config.h"

#include "hone-export-records-private.h"

#include <math.h>

static char **
set_to_words (const HoneOntology    *ontology,
              const HoneCategorySet *set)
{
  gsize n_ids;
  const guint *ids = hone_category_set_get_ids (set, &n_ids);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (gsize i = 0; i < n_ids; i++)
    {
      const HoneCategory *category = hone_ontology_get_by_id (ontology, ids[i]);

      if (category != NULL)
        g_strv_builder_add (builder, category->key);
    }
  return g_strv_builder_end (builder);
}

static gboolean
add_labels (HoneExportRecords  *self,
            HoneRecord         *record,
            gint64              example_id,
            GError            **error)
{
  g_autoptr(GPtrArray) labels = hone_store_list_labels (self->store, example_id, error);

  if (labels == NULL)
    return FALSE;
  for (guint i = 0; i < labels->len; i++)
    {
      const HoneLabel *given = labels->pdata[i];
      HoneRecordLabel *label;

      if (given->withdrawn)
        continue;
      label = hone_record_add_label (record);
      label->author = g_strdup (given->author);
      label->time = given->time;
      label->origin = given->origin;
      label->note = g_strdup (given->note);
      label->skip = given->categories == NULL;
      if (given->categories != NULL)
        label->words = set_to_words (self->ontology, given->categories);
    }
  return TRUE;
}

static gboolean
add_known (HoneExportRecords  *self,
           HoneRecord         *record,
           gint64              example_id,
           GError            **error)
{
  g_autoptr(GError) reason = NULL;
  g_autoptr(HoneCategorySet) known = hone_store_dup_known (self->store, example_id, &reason);

  if (reason != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&reason));
      return FALSE;
    }
  if (known != NULL)
    record->known = set_to_words (self->ontology, known);
  return TRUE;
}

/* Scores stand in the order of the ontology as it was. */
static const HoneOntology *
get_ontology_of (HoneExportRecords    *self,
                 const HoneIteration  *iteration,
                 GError              **error)
{
  gpointer key = (gpointer) (gssize) iteration->ontology_version;
  HoneOntology *ontology = g_hash_table_lookup (self->ontologies, key);

  if (ontology == NULL)
    {
      ontology = hone_store_dup_ontology_at (self->store, iteration->ontology_version, error);
      if (ontology != NULL)
        g_hash_table_insert (self->ontologies, key, ontology);
    }
  return ontology;
}

static void
add_scores (HoneRecordPrediction *prediction,
            const double         *scores,
            const HoneOntology   *ontology)
{
  gsize n = hone_ontology_get_size (ontology);

  if (scores == NULL)
    return;
  prediction->scores = g_new0 (HoneRecordScore, n + 1);
  for (gsize i = 0; i < n; i++)
    if (!isnan (scores[i]))
      {
        prediction->scores[prediction->n_scores].word = g_strdup (hone_ontology_get_nth (ontology, i)->key);
        prediction->scores[prediction->n_scores++].value = scores[i];
      }
}

typedef struct {
  HoneExportRecords *records;
  HoneRecord        *record;
} PredictionTarget;

static gboolean
add_prediction (gint64                 iteration_id,
                const HonePrediction  *given,
                gpointer               data,
                GError               **error)
{
  PredictionTarget *target = data;
  HoneIteration *iteration = g_hash_table_lookup (target->records->iterations, &iteration_id);
  const HoneOntology *ontology;
  HoneRecordPrediction *prediction;

  if (iteration == NULL || given->outcome == HONE_OUTCOME_FAILED)
    return TRUE;
  ontology = get_ontology_of (target->records, iteration, error);
  if (ontology == NULL)
    return FALSE;
  prediction = hone_record_add_prediction (target->record);
  prediction->model = g_strdup (iteration->experiment);
  prediction->iteration = iteration->number;
  prediction->outcome = given->outcome;
  prediction->judged = TRUE;
  prediction->confidence = given->confidence;
  prediction->raw = g_strdup (given->raw);
  prediction->reason = g_strdup (given->reason);
  prediction->time = given->time;
  if (given->categories != NULL)
    prediction->words = set_to_words (ontology, given->categories);
  add_scores (prediction, given->scores, ontology);
  return TRUE;
}

/**
 * _hone_export_records_init:
 * @self: zeroed
 * @store: a project, which must live longer
 * @with_labels: whether labels are exported
 * @with_known: whether known answers are
 *
 * Makes it ready for records without predictions.
 */
void
_hone_export_records_init (HoneExportRecords *self,
                           HoneStore         *store,
                           gboolean           with_labels,
                           gboolean           with_known)
{
  self->store = store;
  self->ontology = hone_store_dup_ontology (store);
  self->iterations = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) hone_iteration_free);
  self->ontologies = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) hone_ontology_unref);
  self->with_labels = with_labels;
  self->with_known = with_known;
}

/**
 * _hone_export_records_clear:
 * @self: made ready, or zeroed
 *
 * Frees what it holds.
 */
void
_hone_export_records_clear (HoneExportRecords *self)
{
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_clear_pointer (&self->iterations, g_hash_table_unref);
  g_clear_pointer (&self->ontologies, g_hash_table_unref);
}

/**
 * _hone_export_records_take_iteration:
 * @self: made ready
 * @iteration: (transfer full): an iteration of the project
 *
 * Exports its predictions, too.
 */
void
_hone_export_records_take_iteration (HoneExportRecords *self,
                                     HoneIteration     *iteration)
{
  gint64 *key = g_new (gint64, 1);

  *key = iteration->id;
  g_hash_table_insert (self->iterations, key, iteration);
}

/**
 * _hone_export_records_make:
 * @self: made ready
 * @example: an example of the project
 * @error: return location: %HONE_STORE_ERROR
 *
 * Returns: (transfer full) (nullable): the example with all that is exported of it
 */
HoneRecord *
_hone_export_records_make (HoneExportRecords  *self,
                           const HoneExample  *example,
                           GError            **error)
{
  g_autoptr(HoneRecord) record = hone_record_new ();
  PredictionTarget target = { self, record };

  /* Examples that came without a name of their own keep having none. */
  record->external_id = g_strdup (example->external_id);
  record->text = g_strdup (example->text);
  record->split = example->split;
  record->flag = example->flag;
  record->meta = g_strdup (example->meta);
  if (self->with_labels && !add_labels (self, record, example->id, error))
    return NULL;
  if (self->with_known && !add_known (self, record, example->id, error))
    return NULL;
  if (g_hash_table_size (self->iterations) > 0 &&
      !hone_store_each_prediction_of (self->store, example->id, add_prediction, &target, error))
    return NULL;
  return g_steal_pointer (&record);
}
