/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project file under load: tests/bench/store runs it beside the sqlite3 shell and prints the ratios.
 *   bench-store csv N FILE                 texts as id,text,label
 *   bench-store import FILE PROJECT        into a new project, while labels are given
 *   bench-store pages PROJECT              first page of each filter and order
 *   bench-store predictions PROJECT N      N iterations with a prediction for each text
 *   bench-store calibrate */
#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "core/hone-random.h"
#include "hone-store-experiments.h"
#include "hone-store-import.h"

#define BATCH      500
#define CATEGORIES 8
#define TARGETS    1000     /* texts that are there before, for the labels */
#define PAGE       100
#define REPEATS    41

static double
now (void)
{
  return g_get_monotonic_time () / 1e6;
}

static G_NORETURN void
fail (const GError *error)
{
  fprintf (stderr, "bench-store: %s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static double
peak_mib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024.0;
}

/* ---- texts ---- */

/* A headline of six to twelve words, common and rare ones as in a language. */
static char *
make_text (HoneRandom *random)
{
  GString *text = g_string_new (NULL);
  guint n = 6 + hone_random_below (random, 7);

  for (guint i = 0; i < n; i++)
    {
      double u = hone_random_unit (random);

      g_string_append_printf (text, "%sword%d", i > 0 ? " " : "", (int) (pow (u, 4) * 30000));
    }
  return g_string_free (text, FALSE);
}

static int
write_csv (guint       n,
           const char *path)
{
  FILE *file = fopen (path, "w");
  HoneRandom random;

  if (file == NULL)
    return 1;
  hone_random_init (&random, 7);
  fputs ("id,text,label\n", file);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = make_text (&random);

      fprintf (file, "t%u,%s,C%d\n", i, text, (int) hone_random_below (&random, CATEGORIES));
    }
  return fclose (file);
}

/* ---- labels meanwhile ---- */

typedef struct {
  HoneStore *store;
  int        stop;
  GArray    *seconds;     /* of double */
} Labeler;

static gpointer
give_labels (gpointer data)
{
  Labeler *self = data;

  for (guint i = 0; !g_atomic_int_get (&self->stop); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HoneCategorySet) set = hone_category_set_new_single (1 + i % CATEGORIES);
      HoneLabel label = { .example_id = 1 + i % TARGETS, .author = (char *) "ana", .categories = set };
      double start = now (), took;

      if (hone_store_add_label (self->store, &label, &error) == 0)
        fail (error);
      took = now () - start;
      g_array_append_val (self->seconds, took);
      g_usleep (20000);
    }
  return NULL;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static double
quantile (GArray *sorted,
          double  q)
{
  return sorted->len == 0 ? NAN : g_array_index (sorted, double, (guint) (q * (sorted->len - 1)));
}

static void
print_latencies (GArray *seconds)
{
  static const double bounds[] = { 0.001, 0.002, 0.005, 0.010, 0.020, 0.050, 0.100, INFINITY };
  guint next = 0;

  g_array_sort (seconds, compare_doubles);
  printf ("labels %u median_ms %.1f p99_ms %.1f max_ms %.1f\n", seconds->len, quantile (seconds, 0.5) * 1e3, quantile (seconds, 0.99) * 1e3,
          quantile (seconds, 1.0) * 1e3);
  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      guint n = 0;

      for (; next < seconds->len && g_array_index (seconds, double, next) <= bounds[i]; next++)
        n++;
      printf ("  up to %6.0f ms: %u\n", bounds[i] * 1e3, n);
    }
}

/* ---- import ---- */

static HoneStore *
new_project (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  HoneStore *store = hone_store_create (path, 1, &error);

  for (int i = 0; i < CATEGORIES; i++)
    {
      g_autofree char *key = g_strdup_printf ("C%d", i);
      HoneCategory category = { .key = key, .name = key };

      hone_ontology_add (ontology, &category, NULL);
    }
  if (store == NULL || !hone_store_set_ontology (store, ontology, &error))
    fail (error);
  return store;
}

static void
add_batch (HoneStoreImport     *import,
           const HoneImportRow *rows,
           gsize                n)
{
  g_autoptr(GError) error = NULL;
  HoneImportResult results[BATCH];

  if (!hone_store_import_add (import, rows, n, results, &error))
    fail (error);
}

static void
import_targets (HoneStore *store)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "targets", "csv", NULL, &error);

  for (guint i = 0; i < TARGETS; i++)
    {
      g_autofree char *text = g_strdup_printf ("a text to be labelled number %u", i);
      HoneImportRow row = { .text = text, .split = HONE_SPLIT_TRAIN };

      add_batch (import, &row, 1);
    }
  if (hone_store_import_finish (import, NULL, &error) == 0)
    fail (error);
}

static void
import_file (HoneStore *store,
             FILE      *file)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "bench.csv", "csv", NULL, &error);
  HoneCategorySet *sets[CATEGORIES];
  char lines[BATCH][512];
  HoneImportRow rows[BATCH];
  HoneLabel labels[BATCH];
  gsize n = 0;

  for (int i = 0; i < CATEGORIES; i++)
    sets[i] = hone_category_set_new_single (i + 1);
  if (fgets (lines[0], sizeof lines[0], file) == NULL)
    fail (NULL);
  while (fgets (lines[n], sizeof lines[n], file) != NULL)
    {
      char *text = strchr (lines[n], ',') + 1, *label = strrchr (lines[n], ',') + 1;

      text[-1] = label[-1] = '\0';
      labels[n] = (HoneLabel) { .origin = HONE_ORIGIN_IMPORTED, .categories = sets[atoi (label + 1)] };
      rows[n] = (HoneImportRow) { .external_id = lines[n], .text = text, .split = atoi (lines[n] + 1) % 10 == 9, .labels = &labels[n],
                                  .n_labels = 1 };
      if (++n == BATCH)
        {
          add_batch (import, rows, n);
          n = 0;
        }
    }
  add_batch (import, rows, n);
  if (hone_store_import_finish (import, NULL, &error) == 0)
    fail (error);
  for (int i = 0; i < CATEGORIES; i++)
    hone_category_set_unref (sets[i]);
}

static int
run_import (const char *csv,
            const char *path,
            gboolean    with_labels)
{
  HoneStore *store = new_project (path);
  g_autoptr(GError) error = NULL;
  Labeler labeler = { store, 0, g_array_new (FALSE, FALSE, sizeof (double)) };
  FILE *file = fopen (csv, "r");
  GThread *thread = NULL;
  double start;

  import_targets (store);
  start = now ();
  if (with_labels)
    thread = g_thread_new ("labeler", give_labels, &labeler);
  import_file (store, file);
  printf ("import_seconds %.2f\n", now () - start);
  g_atomic_int_set (&labeler.stop, 1);
  if (thread != NULL)
    {
      g_thread_join (thread);
      print_latencies (labeler.seconds);
    }
  start = now ();
  if (!hone_store_close (store, &error))
    fail (error);
  printf ("close_seconds %.2f\npeak_mib %.0f\n", now () - start, peak_mib ());
  g_object_unref (store);
  fclose (file);
  g_array_unref (labeler.seconds);
  return 0;
}

/* ---- pages ---- */

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
  printf ("page %-22s %8.3f ms  %3u rows\n", name, quantile (times, 0.5) * 1e3, n);
}

#define TIME(name, order, ...) \
  G_STMT_START { \
    HoneFilter _filter = HONE_FILTER_ALL; \
    __VA_ARGS__; \
    time_page (store, name, &_filter, order); \
  } G_STMT_END

static int
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
  TIME ("import", HONE_QUEUE_IMPORTED, _filter.import_id = 2);
  TIME ("search-common", HONE_QUEUE_IMPORTED, _filter.search = "word0");
  TIME ("search-two", HONE_QUEUE_IMPORTED, _filter.search = "word0 word1");
  TIME ("search-rare", HONE_QUEUE_IMPORTED, _filter.search = "word29000");
  if (iteration != NULL)
    {
      TIME ("uncertain", HONE_QUEUE_UNCERTAIN, _filter.iteration_id = iteration->id);
      TIME ("outcome-answered", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.outcome = HONE_OUTCOME_ANSWERED));
      TIME ("outcome-abstained", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.outcome = HONE_OUTCOME_ABSTAINED));
      TIME ("answer", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.answer = set));
      TIME ("agrees", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.agrees = 1));
      TIME ("not-agrees", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.agrees = 0));
      TIME ("confidence", HONE_QUEUE_IMPORTED, (_filter.iteration_id = iteration->id, _filter.confidence_low = 0.5));
      TIME ("disagree", HONE_QUEUE_DISAGREE, (void) 0);
    }
  g_object_unref (store);
  return 0;
}

/* ---- predictions ---- */

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
  gboolean abstain = hone_random_below (&self->random, 50) == 0;

  self->items[self->n++] = (HonePrediction) {
    .example_id = example->id, .outcome = abstain ? HONE_OUTCOME_ABSTAINED : HONE_OUTCOME_ANSWERED,
    .categories = abstain ? NULL : self->sets[hone_random_below (&self->random, CATEGORIES)],
    .confidence = abstain ? NAN : hone_random_unit (&self->random),
  };
  return self->n < 4 * BATCH || flush (self, error);
}

static int
run_predictions (const char *path,
                 int         n_iterations)
{
  g_autoptr(GError) error = NULL;
  HoneStore *store = hone_store_open (path, HONE_STORE_WRITE, &error);
  HoneFilter all = HONE_FILTER_ALL;
  Predictor self = { .store = store, .items = g_new (HonePrediction, 4 * BATCH) };
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

      iteration.experiment_id = hone_store_add_experiment (store, &experiment, &error);
      self.iteration = iteration.id = iteration.experiment_id != 0 ? hone_store_add_iteration (store, &iteration, &error) : 0;
      if (self.iteration == 0 || !hone_store_publish_iteration (store, &iteration, &error) ||
          !hone_store_each_example (store, &all, predict, &self, NULL, &error) || !flush (&self, &error))
        fail (error);
      publishing = now ();
      for (int split = 0; split < HONE_N_SPLITS; split++)
        {
          if (!hone_store_publish_predictions (store, self.iteration, split, &error))
            fail (error);
        }
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

/* A fixed piece of arithmetic: what absolute times are to be read against. */
static int
calibrate (void)
{
  double start = now ();
  guint64 sum = 0;

  for (guint64 i = 0; i < 200000000; i++)
    sum += hone_random_mix (i, sum);
  printf ("calibration_seconds %.2f (%016" G_GINT64_MODIFIER "x)\n", now () - start, sum);
  return 0;
}

int
main (int   argc,
      char *argv[])
{
  const char *what = argc > 1 ? argv[1] : "";

  setvbuf (stdout, NULL, _IOLBF, 0);
  if (g_str_equal (what, "csv") && argc == 4)
    return write_csv (atoi (argv[2]), argv[3]);
  if (g_str_equal (what, "import") && argc >= 4)
    return run_import (argv[2], argv[3], argc == 4);
  if (g_str_equal (what, "pages") && argc == 3)
    return run_pages (argv[2]);
  if (g_str_equal (what, "predictions") && argc == 4)
    return run_predictions (argv[2], atoi (argv[3]));
  if (g_str_equal (what, "calibrate"))
    return calibrate ();
  fprintf (stderr, "usage: bench-store csv N FILE | import FILE PROJECT [quiet] | pages PROJECT | predictions PROJECT N | calibrate\n");
  return 2;
}
