/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-store: first page of each filter and order. */
#include "config.h"

#include "bench-store.h"

#define PAGE    100
#define REPEATS 101

static void
time_page (HoneStore        *store,
           const char       *name,
           const HoneFilter *filter,
           HoneQueueOrder    order)
{
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  guint n = 0;

  for (int i = 0; i < REPEATS; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GArray) ids = NULL;
      g_autoptr(GPtrArray) examples = NULL;
      double start = now (), took;

      ids = hone_store_list_ids (store, filter, order, 0, PAGE, NULL, &error);
      if (ids == NULL || (examples = hone_store_get_examples (store, (const gint64 *) (gpointer) ids->data, ids->len, &error)) == NULL)
        fail (error);
      took = now () - start;
      g_array_append_val (times, took);
      n = ids->len;
    }
  g_array_sort (times, compare_doubles);
  printf ("page %-20s %8.3f ms  %3u rows\n", name, quantile (times, 0.5) * 1e3, n);
}

#define TIME(name, order, ...) \
  G_STMT_START { \
    HoneFilter _filter = HONE_FILTER_ALL; \
    __VA_ARGS__; \
    time_page (store, name, &_filter, order); \
  } G_STMT_END

int
run_pages (const char *path)
{
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_store_open (path, HONE_STORE_READ, &error);
  g_autoptr(HoneCategorySet) set = hone_category_set_new_single (3);
  g_autoptr(HoneIteration) iteration = store != NULL ? hone_store_find_iteration (store, "bench", NULL) : NULL;

  if (store == NULL)
    fail (error);
  TIME ("all", HONE_QUEUE_IMPORTED, (void) 0);
  TIME ("random", HONE_QUEUE_RANDOM, (void) 0);
  TIME ("split", HONE_QUEUE_IMPORTED, _filter.split = HONE_SPLIT_VALIDATION);
  TIME ("state-labelled", HONE_QUEUE_IMPORTED, _filter.reference_state = HONE_REFERENCE_LABELLED);
  TIME ("state-none", HONE_QUEUE_IMPORTED, _filter.reference_state = HONE_REFERENCE_NONE);
  TIME ("state-disputed", HONE_QUEUE_IMPORTED, _filter.reference_state = HONE_REFERENCE_DISPUTED);
  TIME ("reference", HONE_QUEUE_IMPORTED, _filter.reference = set);
  TIME ("category", HONE_QUEUE_IMPORTED, _filter.category = 3);
  TIME ("flag", HONE_QUEUE_IMPORTED, _filter.flag = 1);
  TIME ("not-flag", HONE_QUEUE_IMPORTED, _filter.flag = 0);
  TIME ("conflicting", HONE_QUEUE_IMPORTED, _filter.conflicting = 1);
  TIME ("known", HONE_QUEUE_IMPORTED, _filter.known = 1);
  TIME ("not-known", HONE_QUEUE_IMPORTED, _filter.known = 0);
  TIME ("near-copies", HONE_QUEUE_IMPORTED, _filter.near_copies = 1);
  TIME ("import-first", HONE_QUEUE_IMPORTED, _filter.import_id = 1);
  TIME ("import-last", HONE_QUEUE_IMPORTED, _filter.import_id = 3);
  TIME ("search-common", HONE_QUEUE_IMPORTED, _filter.search = "word0");
  TIME ("search-two", HONE_QUEUE_IMPORTED, _filter.search = "word0 word1");
  TIME ("search-rare", HONE_QUEUE_IMPORTED, _filter.search = "word29000");
  if (iteration != NULL)
    {
      TIME ("uncertain", HONE_QUEUE_UNCERTAIN, _filter.iteration_id = iteration->id);
      TIME ("outcome-answered", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.outcome = HONE_OUTCOME_ANSWERED));
      TIME ("outcome-abstained", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.outcome = HONE_OUTCOME_ABSTAINED));
      TIME ("outcome-failed", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.outcome = HONE_OUTCOME_FAILED));
      TIME ("unable", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.outcome = HONE_FILTER_UNABLE));
      TIME ("scored", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.scored = 1));
      TIME ("answer-category", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.answer_category = 3));
      TIME ("answer", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.answer = set));
      TIME ("agrees", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.agrees = 1));
      TIME ("not-agrees", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.agrees = 0));
      TIME ("confidence", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.confidence_low = 0.5));
      TIME ("confidence-narrow", HONE_QUEUE_IMPORTED,
            (_filter.iteration_id = iteration->id, _filter.confidence_low = 0.8, _filter.confidence_high = 0.93));
      TIME ("disagree", HONE_QUEUE_DISAGREE, (void) 0);
    }
  g_object_unref (store);
  return 0;
}
