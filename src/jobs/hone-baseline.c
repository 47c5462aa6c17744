/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Iteration 0 of local methods: without a base model the honest comparison is the commonest category of train, or, without labels,
 * uniform choice by the seed. It needs no program. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/hone-random.h"
#include "hone-jobs.h"
#include "hone-out-private.h"
#include "hone-work-private.h"

#define BATCH 1000

/* What the settings of a baseline iteration say. */
typedef struct {
  gboolean         majority;       /* else uniform choice */
  guint64          seed;
  HoneCategorySet *categories;     /* of the majority */
  double           share;          /* of the majority among the labels */
  double          *shares;         /* (nullable): of each category, choice "one" */
} Baseline;

static void
baseline_clear (Baseline *self)
{
  g_clear_pointer (&self->categories, hone_category_set_unref);
  g_clear_pointer (&self->shares, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Baseline, baseline_clear)

/* Of two equally common ones that of the smaller ids, so that the order of the store does not matter. */
static gboolean
comes_before (const HoneSetCount *a,
              const HoneSetCount *b)
{
  gsize n_a, n_b;
  const guint *ids_a, *ids_b;

  if (a->count != b->count)
    return a->count > b->count;
  ids_a = hone_category_set_get_ids (a->categories, &n_a);
  ids_b = hone_category_set_get_ids (b->categories, &n_b);
  for (gsize i = 0; i < MIN (n_a, n_b); i++)
    if (ids_a[i] != ids_b[i])
      return ids_a[i] < ids_b[i];
  return n_a < n_b;
}

static double *
count_shares (GArray             *counts,
              guint64             total,
              const HoneOntology *ontology)
{
  gsize n = hone_ontology_get_size (ontology);
  double *shares;

  if (hone_ontology_get_choice (ontology) != HONE_CHOICE_ONE)
    return NULL;
  shares = g_new0 (double, n);
  for (guint i = 0; i < counts->len; i++)
    {
      HoneSetCount *count = &g_array_index (counts, HoneSetCount, i);
      gsize n_ids;
      const guint *ids = hone_category_set_get_ids (count->categories, &n_ids);
      gsize position = n_ids > 0 ? hone_ontology_get_position (ontology, ids[0]) : n;

      if (position < n)
        shares[position] += (double) count->count / total;
    }
  return shares;
}

static void
find_majority (GArray             *counts,
               const HoneOntology *ontology,
               Baseline           *baseline)
{
  HoneSetCount *best = NULL;
  guint64 total = 0;

  for (guint i = 0; i < counts->len; i++)
    {
      HoneSetCount *count = &g_array_index (counts, HoneSetCount, i);

      total += count->count;
      if (hone_category_set_get_size (count->categories) > 0 && (best == NULL || comes_before (count, best)))
        best = count;
    }
  if (best == NULL)
    return;
  baseline->majority = TRUE;
  baseline->categories = hone_category_set_ref (best->categories);
  baseline->share = (double) best->count / total;
  baseline->shares = count_shares (counts, total, ontology);
}

/* ---- in the settings of the iteration ---- */

static char *
join_keys (const HoneOntology    *ontology,
           const HoneCategorySet *categories,
           const char            *separator)
{
  GString *keys = g_string_new (NULL);
  gsize n_ids;
  const guint *ids = hone_category_set_get_ids (categories, &n_ids);

  for (gsize i = 0; i < n_ids; i++)
    {
      const HoneCategory *category = hone_ontology_get_by_id (ontology, ids[i]);

      if (i > 0)
        g_string_append (keys, separator);
      g_string_append (keys, category != NULL ? category->key : "?");
    }
  return g_string_free (keys, FALSE);
}

static char *
print_settings (const Baseline     *baseline,
                const HoneOntology *ontology,
                const HoneTemplate *template)
{
  GString *out = g_string_new ("{");
  g_autofree char *text = hone_template_to_string (template);

  _hone_out_string (out, "baseline", baseline->majority ? "majority" : "uniform");
  _hone_out_integer (out, "seed", baseline->seed);
  if (baseline->majority)
    {
      gsize n_ids;
      const guint *ids = hone_category_set_get_ids (baseline->categories, &n_ids);

      _hone_out_name (out, "ids");
      for (gsize i = 0; i < n_ids; i++)
        g_string_append_printf (out, "%s%u", i == 0 ? "[" : ",", ids[i]);
      g_string_append_c (out, ']');
      _hone_out_number (out, "share", baseline->share);
    }
  if (baseline->shares != NULL)
    {
      _hone_out_name (out, "shares");
      g_string_append_c (out, '[');
      for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
        {
          if (i > 0)
            g_string_append_c (out, ',');
          hone_json_print_number (out, baseline->shares[i]);
        }
      g_string_append_c (out, ']');
    }
  _hone_out_string (out, "template", text);
  g_string_append_c (out, '}');
  return g_string_free (out, FALSE);
}

static void
read_settings (const char         *settings,
               const HoneOntology *ontology,
               Baseline           *baseline)
{
  HoneJson *object = hone_json_parse (settings, -1, NULL);
  HoneJson *ids = hone_json_get (object, "ids");
  HoneJson *shares = hone_json_get (object, "shares");
  gsize n_ids = hone_json_get_size (ids), n_shares = hone_json_get_size (shares);
  g_autofree guint *list = g_new (guint, n_ids + 1);
  double seed = hone_json_get_number (hone_json_get (object, "seed"));

  baseline->seed = seed >= 0 && seed < 9007199254740992.0 ? (guint64) seed : 0;
  baseline->majority = n_ids > 0;
  baseline->share = hone_json_get_number (hone_json_get (object, "share"));
  for (gsize i = 0; i < n_ids; i++)
    list[i] = (guint) hone_json_get_number (hone_json_get_nth (ids, i));
  if (n_ids > 0)
    baseline->categories = hone_category_set_new (list, n_ids);
  if (n_shares == hone_ontology_get_size (ontology))
    {
      baseline->shares = g_new (double, n_shares);
      for (gsize i = 0; i < n_shares; i++)
        baseline->shares[i] = hone_json_get_number (hone_json_get_nth (shares, i));
    }
  g_clear_pointer (&object, hone_json_free);
}

gboolean
_hone_baseline_is (const HoneIteration *iteration)
{
  HoneJson *object = iteration->settings != NULL ? hone_json_parse (iteration->settings, -1, NULL) : NULL;
  gboolean is = hone_json_get_string (hone_json_get (object, "baseline")) != NULL;

  g_clear_pointer (&object, hone_json_free);
  return is;
}

/* ---- predicting ---- */

typedef struct {
  HoneStore           *store;
  const HoneIteration *iteration;
  const HoneOntology  *ontology;
  const Baseline      *baseline;
  GCancellable        *cancellable;
  double              *uniform;        /* the scores of uniform choice */
  HonePrediction       batch[BATCH];
  guint                n_batch;
  guint64              n_predicted;
} Predictor;

static void
forget_batch (Predictor *self)
{
  for (guint i = 0; i < self->n_batch; i++)
    hone_category_set_unref (self->batch[i].categories);
  self->n_batch = 0;
}

static gboolean
store_batch (Predictor  *self,
             GError    **error)
{
  gboolean good = self->n_batch == 0 || hone_store_add_predictions (self->store, self->iteration->id, self->batch, self->n_batch, error);

  self->n_predicted += good ? self->n_batch : 0;
  forget_batch (self);
  return good;
}

/* The choice for a text depends on it and the seed alone, not on what else is asked. */
static HoneCategorySet *
choose_uniformly (const Predictor *self,
                  gint64           example_id)
{
  gsize n = hone_ontology_get_size (self->ontology);
  guint64 position = hone_random_mix (self->baseline->seed, example_id) % n;

  return hone_category_set_new_single (hone_ontology_get_nth (self->ontology, position)->id);
}

/* The store is read while it is written elsewhere, so a batch is written when the reading is over. */
static gboolean
collect_id (const HoneExample  *example,
            gpointer            data,
            GError            **error)
{
  GArray *ids = data;

  g_array_append_val (ids, example->id);
  return TRUE;
}

static gboolean
predict_one (Predictor  *self,
             gint64      example_id,
             GError    **error)
{
  const Baseline *baseline = self->baseline;
  gsize n = hone_ontology_get_size (self->ontology);

  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  self->batch[self->n_batch++] = (HonePrediction) {
    .example_id = example_id,
    .outcome = HONE_OUTCOME_ANSWERED,
    .categories = baseline->majority ? hone_category_set_ref (baseline->categories) : choose_uniformly (self, example_id),
    .confidence = baseline->majority ? baseline->share : 1.0 / n,
    .scores = baseline->majority ? baseline->shares : self->uniform,
  };
  return self->n_batch < BATCH || store_batch (self, error);
}

gboolean
_hone_baseline_predict (HoneStore            *store,
                        const HoneIteration  *iteration,
                        HoneSplit             split,
                        guint64              *n_predicted,
                        GCancellable         *cancellable,
                        GError              **error)
{
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology_at (store, iteration->ontology_version, error);
  g_auto(Baseline) baseline = { 0 };
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autofree double *uniform = NULL;
  g_autofree Predictor *predictor = NULL;
  gboolean good;

  if (ontology == NULL || !hone_store_each_unpredicted (store, iteration->id, split, collect_id, ids, error))
    return FALSE;
  read_settings (iteration->settings, ontology, &baseline);
  if (hone_ontology_get_choice (ontology) == HONE_CHOICE_ONE)
    {
      uniform = g_new (double, hone_ontology_get_size (ontology) + 1);
      for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
        uniform[i] = 1.0 / hone_ontology_get_size (ontology);
    }
  predictor = g_new0 (Predictor, 1);
  predictor->store = store;
  predictor->iteration = iteration;
  predictor->ontology = ontology;
  predictor->baseline = &baseline;
  predictor->cancellable = cancellable;
  predictor->uniform = uniform;
  good = TRUE;
  for (guint i = 0; i < ids->len && good; i++)
    good = predict_one (predictor, g_array_index (ids, gint64, i), error);
  good = good && store_batch (predictor, error);
  forget_batch (predictor);
  *n_predicted = predictor->n_predicted;
  return good;
}

gboolean
_hone_baseline_answer (HoneStore            *store,
                       const HoneIteration  *iteration,
                       guint64               first,
                       HoneAnswerLine       *answers,
                       gsize                 n_answers,
                       GError              **error)
{
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology_at (store, iteration->ontology_version, error);
  g_auto(Baseline) baseline = { 0 };
  Predictor predictor = { .ontology = ontology, .baseline = &baseline };
  gsize n;

  if (ontology == NULL)
    return FALSE;
  n = hone_ontology_get_size (ontology);
  read_settings (iteration->settings, ontology, &baseline);
  for (gsize i = 0; i < n_answers; i++)
    answers[i] = (HoneAnswerLine) {
      .id = first + i,
      .outcome = HONE_OUTCOME_ANSWERED,
      .categories = baseline.majority ? hone_category_set_ref (baseline.categories) : choose_uniformly (&predictor, first + i),
      .confidence = baseline.majority ? baseline.share : 1.0 / n,
      .scores = baseline.shares != NULL ? g_memdup2 (baseline.shares, n * sizeof (double)) : NULL,
    };
  return TRUE;
}

/* ---- making it ---- */

static char *
describe (const Baseline     *baseline,
          const HoneOntology *ontology)
{
  g_autofree char *keys = NULL;

  if (!baseline->majority)
    return g_strdup (_("uniform choice"));
  keys = join_keys (ontology, baseline->categories, ", ");
  return g_strdup_printf (_("majority class: %s"), keys);
}

static gboolean
predict_and_publish (HoneStore      *store,
                     HoneIteration  *iteration,
                     GCancellable   *cancellable,
                     GError        **error)
{
  HoneSplitCounts counts[HONE_N_SPLITS];
  guint64 n_predicted;

  if (!hone_store_get_split_counts (store, counts, error))
    return FALSE;
  if (counts[HONE_SPLIT_VALIDATION].examples > 0 &&
      (!_hone_baseline_predict (store, iteration, HONE_SPLIT_VALIDATION, &n_predicted, cancellable, error) ||
       !hone_store_publish_predictions (store, iteration->id, HONE_SPLIT_VALIDATION, error)))
    return FALSE;
  return hone_store_publish_iteration (store, iteration, error);
}

gboolean
_hone_baseline_add (HoneStore     *store,
                    gint64         experiment_id,
                    guint64        seed,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr(HoneOntology) ontology = hone_store_dup_ontology (store);
  g_autoptr(HoneTemplate) template = hone_store_dup_template (store);
  g_autoptr(GArray) counts = hone_store_count_references (store, HONE_SPLIT_TRAIN, error);
  g_auto(Baseline) baseline = { .seed = seed };
  g_autofree char *settings = NULL;
  g_autofree char *description = NULL;
  g_autoptr(HoneIteration) iteration = NULL;
  HoneIteration added;
  gint64 id;

  if (counts == NULL)
    return FALSE;
  find_majority (counts, ontology, &baseline);
  settings = print_settings (&baseline, ontology, template);
  description = describe (&baseline, ontology);
  added = (HoneIteration) {
    .experiment_id = experiment_id,
    .ontology_version = hone_store_get_ontology_version (store),
    .template_hash = (char *) hone_template_get_hash (template),
    .settings = settings,
    .description = description,
  };
  id = hone_store_add_iteration (store, &added, error);
  if (id == 0)
    return FALSE;
  iteration = hone_store_get_iteration (store, id, error);
  if (iteration != NULL)
    hone_set_str (&iteration->description, description);
  if (iteration != NULL && predict_and_publish (store, iteration, cancellable, error))
    return TRUE;
  hone_store_drop_iteration (store, id, NULL);
  return FALSE;
}
