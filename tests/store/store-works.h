/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Everything in the store that writes many rows, for tests that interrupt it: each is done as a whole or not at all. */
#pragma once

#include "hone-store-private.h"
#include "test-support.h"

#define N_OLD   130     /* above the number that one short transaction takes */
#define N_NEW   120
#define N_SMALL 12

/* What a person sees of the project, as one string. */
static inline char *
fingerprint (HoneStore *store)
{
  g_autoptr(GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (store, NULL);

  for (gint64 id = 1; id <= 2 * N_OLD + 3 * N_NEW; id++)
    {
      g_autoptr(HoneExample) example = get_example (store, id);
      gsize n = 0;

      if (example)
        g_string_append_printf (text, "%d %d %d %u;", (int) id, example->split, example->reference_state,
                                example->reference ? hone_category_set_get_ids (example->reference, &n)[0] : 0);
    }
  for (guint i = 0; i < experiments->len; i++)
    {
      const HoneExperiment *experiment = experiments->pdata[i];
      g_autoptr(GPtrArray) iterations = hone_store_list_iterations (store, experiment->id, NULL);

      g_string_append_printf (text, "%s:", experiment->name);
      for (guint j = 0; j < iterations->len; j++)
        for (int split = 0; split < HONE_N_SPLITS; split++)
          {
            const HoneIteration *iteration = iterations->pdata[j];
            g_autoptr(HoneTally) tally = hone_store_get_tally (store, iteration->id, split, NULL);

            g_string_append_printf (text, "%d %d %d;", hone_store_has_predictions (store, iteration->id, split, NULL, NULL),
                                    (int) hone_tally_get_n (tally), (int) iteration->n_trained);
          }
    }
  g_checksum_update (sum, (const guchar *) text->str, text->len);
  return g_strdup (g_checksum_get_string (sum));
}

static inline void
import_numbered (HoneStore  *store,
                 const char *prefix,
                 guint       n)
{
  g_autofree Row *rows = g_new0 (Row, n);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      rows[i] = (Row) { g_strdup_printf ("%s%u", prefix, i), g_strdup_printf ("text %s %u", prefix, i), i % 2 ? HONE_SPLIT_VALIDATION
                        : HONE_SPLIT_TRAIN, i % 3 ? 1 + i % 3 : 0 };
      g_ptr_array_add (texts, (char *) rows[i].id);
      g_ptr_array_add (texts, (char *) rows[i].text);
    }
  import_rows (store, rows, n, NULL, NULL);
}

/* With known answers, hidden. */
static inline gboolean
import_known (HoneStore  *store,
              guint       n,
              GError    **error)
{
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "known", "csv", NULL, error);
  g_autoptr(HoneCategorySet) sports = hone_category_set_new_single (3);

  for (guint i = 0; import && i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("known text %u", i);
      HoneImportRow row = { .text = text, .split = -1, .known = sports };
      HoneImportResult result;

      if (!hone_store_import_add (import, &row, 1, &result, error))
        return FALSE;
    }
  return import && hone_store_import_finish (import, NULL, error) != 0;
}

static inline gint64
add_iteration (HoneStore  *store,
               const char *name,
               gboolean    published)
{
  HoneExperiment experiment = { .name = (char *) name, .provider = (char *) "engine", .settings = (char *) "{}" };
  HoneIteration iteration = { .template_hash = (char *) "h", .settings = (char *) "{}" };

  iteration.experiment_id = hone_store_add_experiment (store, &experiment, NULL);
  iteration.id = hone_store_add_iteration (store, &iteration, NULL);
  g_assert_true (!published || hone_store_publish_iteration (store, &iteration, NULL));
  return iteration.id;
}

/* Answers to all texts with an id above @after. */
static inline void
predict_all (HoneStore *store,
             gint64     iteration,
             guint      shift)
{
  HoneFilter all = HONE_FILTER_ALL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = hone_store_list_ids (store, &all, HONE_QUEUE_IMPORTED, 0, 10000, NULL, NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(HoneCategorySet) set = hone_category_set_new_single (1 + (i + shift) % 3);
      gboolean answered = i % 11 != 0;
      HonePrediction item = { .example_id = g_array_index (ids, gint64, i), .outcome = answered ? HONE_OUTCOME_ANSWERED : HONE_OUTCOME_ABSTAINED,
                              .categories = answered ? set : NULL, .confidence = 0.5 };

      g_assert_true (hone_store_add_predictions (store, iteration, &item, 1, &error));
    }
}

static inline gint64
iteration_of (HoneStore  *store,
              const char *name)
{
  g_autoptr(HoneIteration) iteration = hone_store_find_iteration (store, name, NULL);

  return iteration ? iteration->id : 0;
}

/* Texts 1 to N_OLD, half of them for validation, two in three labelled; model “x” with unpublished answers, “y” with published ones. */
static inline void
make_full_project (const char *path)
{
  HoneStore *store = new_store (path, HONE_CHOICE_ONE);
  gint64 x, y;

  import_numbered (store, "old", N_OLD);
  g_assert_true (import_known (store, N_NEW, NULL));
  x = add_iteration (store, "x", TRUE);
  y = add_iteration (store, "y", TRUE);
  predict_all (store, x, 0);
  predict_all (store, y, 1);
  g_assert_true (hone_store_publish_predictions (store, y, HONE_SPLIT_VALIDATION, NULL));
  /* Unlabelled texts on which four people differ: one category leads, but half of them did not choose it. */
  for (gint64 id = 1; id <= 3 * 20; id += 3)
    for (guint author = 0; author < 4; author++)
      add_label (store, id, (const char *[]) { "ana", "ben", "cleo", "dan" }[author], MAX (author, 1), HONE_ORIGIN_HUMAN);
  close_store (store);
}

/* Fails if the work is not there as a whole or not at all. */
static inline void
assert_whole (const char *path,
              const char *before,
              const char *after,
              gboolean    done)
{
  HoneStore *store = reopen (path, HONE_STORE_WRITE);
  g_autofree char *seen = fingerprint (store);

  close_store (store);
  if (done)
    g_assert_cmpstr (seen, ==, after);
  else
    g_assert_true (g_str_equal (seen, before) || g_str_equal (seen, after));
}

/* ---- the works ---- */

static inline gboolean
work_publish (HoneStore *store, GError **error)
{
  return hone_store_publish_predictions (store, iteration_of (store, "x"), HONE_SPLIT_VALIDATION, error);
}

/* With labels on texts that were there before, and a model's answers. */
static inline gboolean
work_import (HoneStore *store, GError **error)
{
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "many", "csv", NULL, error);
  g_autoptr(HoneCategorySet) money = hone_category_set_new_single (1);
  HoneLabel label = { .author = (char *) "bob", .origin = HONE_ORIGIN_REVIEW, .categories = money };
  HoneImportPrediction prediction = { .model = "theirs", .categories = money, .confidence = 0.9 };

  for (guint i = 0; import && i < N_OLD; i++)
    {
      g_autofree char *id = i < N_SMALL ? g_strdup_printf ("old%u", i) : g_strdup_printf ("new%u", i);
      g_autofree char *text = i < N_SMALL ? g_strdup_printf ("text old %u", i) : g_strdup_printf ("text new %u", i);
      HoneImportRow row = { .external_id = id, .text = text, .split = i % 2, .labels = &label, .n_labels = 1, .predictions = &prediction,
                            .n_predictions = 1 };
      HoneImportResult result;

      if (!hone_store_import_add (import, &row, 1, &result, error))
        return FALSE;
    }
  return import && hone_store_import_finish (import, NULL, error) != 0;
}

static inline GArray *
first_ids (guint n)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = 1; id <= n; id++)
    g_array_append_val (ids, id);
  return ids;
}

static inline gboolean
work_delete (HoneStore *store, GError **error)
{
  g_autoptr(GArray) ids = first_ids (N_OLD - 5);

  return hone_store_delete_examples (store, (const gint64 *) (gpointer) ids->data, ids->len, error) != 0;
}

static inline gboolean
work_undo_import (HoneStore *store, GError **error)
{
  return hone_store_undo_import (store, 1, TRUE, error);
}

static inline gboolean
work_redo_import (HoneStore *store, GError **error)
{
  return hone_store_undo_import (store, 1, FALSE, error);
}

static inline gboolean
work_undo_deletion (HoneStore *store, GError **error)
{
  return hone_store_undo_deletion (store, 1, error);
}

static inline gboolean
work_split (HoneStore *store, GError **error)
{
  g_autoptr(GArray) ids = first_ids (N_OLD);

  return hone_store_set_split (store, (const gint64 *) (gpointer) ids->data, ids->len, HONE_SPLIT_TEST, error);
}

static inline gboolean
work_deal (HoneStore *store, GError **error)
{
  HoneShares shares = { { 0.5, 0.25, 0.25 } };

  return hone_store_deal_splits (store, &shares, NULL, error);
}

static inline gboolean
work_reveal (HoneStore *store, GError **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (gint64 id = N_OLD + 1; id <= N_OLD + N_NEW; id++)
    g_array_append_val (ids, id);
  return hone_store_reveal_known (store, (const gint64 *) (gpointer) ids->data, ids->len, "sim", error);
}

static inline gboolean
work_choice (HoneStore *store, GError **error)
{
  g_autoptr(HoneOntology) several = make_ontology (HONE_CHOICE_SEVERAL);

  return hone_store_set_ontology (store, several, error);
}

static inline gboolean
work_drop (HoneStore *store, GError **error)
{
  gint64 iteration = iteration_of (store, "y");

  return iteration == 0 || hone_store_drop_iteration (store, iteration, error);
}

/* A run as a whole: list, answers, publication. */
static inline gboolean
work_train (HoneStore *store, GError **error)
{
  g_autoptr(HoneExperiment) experiment = hone_store_find_experiment (store, "x", error);
  HoneIteration iteration = { .template_hash = (char *) "h", .settings = (char *) "{}" };
  HoneTrainingSummary summary;

  if (!experiment)
    return FALSE;
  iteration.experiment_id = experiment->id;
  iteration.id = hone_store_add_iteration (store, &iteration, error);
  return iteration.id != 0 && hone_store_freeze_training_list (store, iteration.id, &summary, error) &&
         hone_store_publish_iteration (store, &iteration, error);
}

typedef struct {
  const char *name;
  gboolean  (*before) (HoneStore *store, GError **error);   /* (nullable): done in peace */
  gboolean  (*work) (HoneStore *store, GError **error);
} LongWork;

/* The project before the work as @bytes; what is seen before and after it. */
static inline void
prepare_work (const LongWork  *work,
              char           **bytes,
              gsize           *size,
              char           **before,
              char           **after)
{
  g_autofree char *path = new_path ();
  HoneStore *store;

  make_full_project (path);
  store = reopen (path, HONE_STORE_WRITE);
  g_assert_true (!work->before || work->before (store, NULL));
  close_store (store);
  g_assert_true (g_file_get_contents (path, bytes, size, NULL));
  store = reopen (path, HONE_STORE_WRITE);
  *before = fingerprint (store);
  g_assert_true (work->work (store, NULL));
  *after = fingerprint (store);
  close_store (store);
  g_assert_cmpstr (*before, !=, *after);
  remove_project (path);
}

static const LongWork long_works[] = {
  { "publish", NULL, work_publish },
  { "import", NULL, work_import },
  { "delete", NULL, work_delete },
  { "undo-deletion", work_delete, work_undo_deletion },
  { "undo-import", NULL, work_undo_import },
  { "redo-import", work_undo_import, work_redo_import },
  { "split", NULL, work_split },
  { "deal", NULL, work_deal },
  { "reveal", NULL, work_reveal },
  { "choice", NULL, work_choice },
  { "drop-iteration", NULL, work_drop },
  { "train", NULL, work_train },
};
