/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench-store: iterations with an answer to each text, published. */
#include "config.h"

#include "bench-store.h"
#include "core/hone-random.h"

#define BATCH 2000

typedef struct {
  HoneStore       *store;
  gint64           iteration;
  HoneRandom       random;
  HonePrediction  *items;
  HoneCategorySet *sets[CATEGORIES];
  gsize            n;
} Predictor;

static gboolean
flush (Predictor  *self,
       GError    **error)
{
  gboolean good = hone_store_add_predictions (self->store, self->iteration, self->items, self->n, error);

  self->n = 0;
  return good;
}

static gboolean
predict (const HoneExample  *example,
         gpointer            data,
         GError            **error)
{
  Predictor *self = data;
  gboolean abstain = hone_random_below (&self->random, 8) == 0;

  self->items[self->n++] = (HonePrediction) {
    .example_id = example->id, .outcome = abstain ? HONE_OUTCOME_ABSTAINED : HONE_OUTCOME_ANSWERED,
    .categories = abstain ? NULL : self->sets[hone_random_below (&self->random, CATEGORIES)],
    .confidence = abstain ? NAN : hone_random_unit (&self->random),
  };
  return self->n < BATCH || flush (self, error);
}

int
run_predictions (const char *path,
                 int         n_iterations)
{
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_store_open (path, HONE_STORE_WRITE, &error);
  HoneFilter all = HONE_FILTER_ALL;
  Predictor self = { .store = store, .items = g_new (HonePrediction, BATCH) };
  double start = now (), label;
  HoneLabel one = { .example_id = 1, .author = (char *) "ana" };

  if (store == NULL)
    fail (error);
  hone_random_init (&self.random, 3);
  for (int i = 0; i < CATEGORIES; i++)
    self.sets[i] = hone_category_set_new_single (i + 1);
  for (int i = 0; i < n_iterations; i++)
    {
      g_autofree char *name = i == 0 ? g_strdup ("bench") : g_strdup_printf ("bench-%d", i);
      HoneExperiment experiment = { .name = name, .provider = (char *) "engine", .settings = (char *) "{}" };
      HoneIteration iteration = { .template_hash = (char *) "h", .settings = (char *) "{}" };
      double publishing;
      Waiter *waiter;

      iteration.experiment_id = hone_store_add_experiment (store, &experiment, &error);
      self.iteration = iteration.id = iteration.experiment_id != 0 ? hone_store_add_iteration (store, &iteration, &error) : 0;
      if (self.iteration == 0 || !hone_store_publish_iteration (store, &iteration, &error) ||
          !hone_store_each_example (store, &all, predict, &self, NULL, &error) || !flush (&self, &error))
        fail (error);
      publishing = now ();
      waiter = i + 1 == n_iterations ? waiter_start (store, NULL) : NULL;
      for (int split = 0; split < HONE_N_SPLITS; split++)
        {
          if (!hone_store_publish_predictions (store, self.iteration, split, &error))
            fail (error);
        }
      if (waiter != NULL)
        waiter_stop (waiter);
      printf ("iteration %d: %.1f s so far, published in %.2f s\n", i, now () - start, now () - publishing);
    }
  printf ("prediction_seconds %.1f\n", now () - start);

  one.categories = self.sets[1];
  label = now ();
  if (hone_store_add_label (store, &one, &error) == 0)
    fail (error);
  printf ("label_ms %.1f\n", (now () - label) * 1e3);
  label = now ();
  hone_tally_free (hone_store_get_tally (store, self.iteration, HONE_SPLIT_TRAIN, &error));
  printf ("tally_ms %.2f\n", (now () - label) * 1e3);
  label = now ();
  if (!hone_store_set_split (store, &one.example_id, 1, HONE_SPLIT_VALIDATION, &error))
    fail (error);
  printf ("set_split_ms %.1f\npeak_mib %.0f\n", (now () - label) * 1e3, peak_mib ());
  hone_store_close (store, NULL);
  g_object_unref (store);
  for (int i = 0; i < CATEGORIES; i++)
    hone_category_set_unref (self.sets[i]);
  g_free (self.items);
  return 0;
}
