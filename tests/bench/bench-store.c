/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project file under load: tests/bench/store runs it beside the sqlite3 shell and prints the ratios.
 *   bench-store csv N FILE                 texts as id,text,label
 *   bench-store import FILE PROJECT [quiet|rich]
 *                                          into a new project, while labels are given; quiet: without; rich: without, and texts of every kind
 *   bench-store pages PROJECT              first page of each filter and order
 *   bench-store predictions PROJECT N      N iterations with a prediction for each text
 *   bench-store calibrate */
#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "bench-store.h"
#include "core/hone-random.h"

#define BATCH      496      /* a multiple of eight: enrich () */
#define TARGETS    1000     /* texts that are there before; the labels go to their second half, so that a first page holds the same in each size */
#define PACE       20000    /* microseconds between labels */

double
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

struct _Waiter {
  HoneStore *store;
  int        probe;       /* a file beside the project, -1: labels */
  int        stop;
  GThread   *thread;
  GArray    *seconds, *late;
};

static void
pause_between (Waiter *self)
{
  double start = now (), late;

  g_usleep (PACE);
  late = now () - start - PACE / 1e6;
  g_array_append_val (self->late, late);
}

static gpointer
give_labels (gpointer data)
{
  Waiter *self = data;

  for (guint i = 0; !g_atomic_int_get (&self->stop); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HoneCategorySet) set = hone_category_set_new_single (1 + i % CATEGORIES);
      HoneLabel label = { .example_id = TARGETS - i % (TARGETS / 2), .author = (char *) "ana", .categories = set };
      double start = now (), took;

      if (hone_store_add_label (self->store, &label, &error) == 0)
        fail (error);
      took = now () - start;
      g_array_append_val (self->seconds, took);
      pause_between (self);
    }
  return NULL;
}

/* What the disk itself takes at the same moments: a page written to a file of its own and synced. */
static gpointer
probe_disk (gpointer data)
{
  Waiter *self = data;
  char page[4096] = "probe";

  for (guint i = 0; !g_atomic_int_get (&self->stop); i++)
    {
      double start = now (), took;

      if (pwrite (self->probe, page, sizeof page, i % 100 * sizeof page) != sizeof page || fdatasync (self->probe) != 0)
        fail (NULL);
      took = now () - start;
      g_array_append_val (self->seconds, took);
      pause_between (self);
    }
  return NULL;
}

static void
print_quantiles (const char *what,
                 GArray     *seconds)
{
  g_array_sort (seconds, compare_doubles);
  printf ("%-8s %5u median_ms %6.1f p99_ms %6.1f max_ms %6.1f\n", what, seconds->len, quantile (seconds, 0.5) * 1e3,
          quantile (seconds, 0.99) * 1e3, quantile (seconds, 1.0) * 1e3);
}

static void
print_histogram (GArray *sorted)
{
  static const double bounds[] = { 0.002, 0.005, 0.010, 0.020, 0.050, 0.100, INFINITY };
  guint next = 0;

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    {
      guint n = 0;

      for (; next < sorted->len && g_array_index (sorted, double, next) <= bounds[i]; next++)
        n++;
      printf ("  labels up to %6.0f ms: %u\n", bounds[i] * 1e3, n);
    }
}

Waiter *
waiter_start (HoneStore  *store,
              const char *probe_path)
{
  Waiter *self = g_new0 (Waiter, 1);

  self->store = store;
  self->probe = probe_path != NULL ? open (probe_path, O_RDWR | O_CREAT, 0600) : -1;
  if (probe_path != NULL)
    g_unlink (probe_path);
  self->seconds = g_array_new (FALSE, FALSE, sizeof (double));
  self->late = g_array_new (FALSE, FALSE, sizeof (double));
  self->thread = g_thread_new ("waiter", probe_path != NULL ? probe_disk : give_labels, self);
  return self;
}

void
waiter_stop (Waiter *self)
{
  g_atomic_int_set (&self->stop, 1);
  g_thread_join (self->thread);
  print_quantiles (self->probe >= 0 ? "disk" : "labels", self->seconds);
  if (self->probe >= 0)
    {
      close (self->probe);
    }
  else
    {
      print_histogram (self->seconds);
      print_quantiles ("wake-up", self->late);
    }
  g_array_unref (self->seconds);
  g_array_unref (self->late);
  g_free (self);
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
import_targets (HoneStore  *store,
                const char *what)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "targets", "csv", NULL, &error);

  for (guint i = 0; i < TARGETS; i++)
    {
      g_autofree char *text = g_strdup_printf ("a text of the %s number %u", what, i);
      HoneImportRow row = { .text = text, .split = HONE_SPLIT_TRAIN };

      add_batch (import, &row, 1);
    }
  if (hone_store_import_finish (import, NULL, &error) == 0)
    fail (error);
}

/* Of each eight texts one is unlabelled with a known answer, one labelled twice, one flagged, one a near copy, one without anything: so that
 * a thousand of them fill a page of every filter. */
static void
enrich (HoneImportRow   *row,
        HoneLabel       *labels,
        HoneCategorySet *other,
        guint            i)
{
  switch (i % 8)
    {
    case 0:
      row->known = labels[0].categories;
      row->split = HONE_SPLIT_TRAIN;
      row->n_labels = 0;
      break;
    case 1:
      labels[0].author = (char *) "ann";
      labels[1] = (HoneLabel) { .author = (char *) "bea", .origin = HONE_ORIGIN_IMPORTED, .categories = other };
      row->n_labels = 2;
      break;
    case 2:
      row->flag = TRUE;
      break;
    case 3:
      row->text = row[-1].text;
      break;
    case 4:
      row->n_labels = 0;
      break;
    default:
      break;
    }
}

static void
import_file (HoneStore *store,
             FILE      *file,
             gboolean   rich)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStoreImport) import = hone_store_import_begin (store, "bench.csv", "csv", NULL, &error);
  HoneCategorySet *sets[CATEGORIES];
  char lines[BATCH][512];
  HoneImportRow rows[BATCH];
  HoneLabel labels[BATCH][2];
  gsize n = 0;

  for (int i = 0; i < CATEGORIES; i++)
    sets[i] = hone_category_set_new_single (i + 1);
  if (fgets (lines[0], sizeof lines[0], file) == NULL)
    fail (NULL);
  while (fgets (lines[n], sizeof lines[n], file) != NULL)
    {
      char *text = strchr (lines[n], ',') + 1, *label = strrchr (lines[n], ',') + 1;
      int category = atoi (label + 1);

      text[-1] = label[-1] = '\0';
      labels[n][0] = (HoneLabel) { .origin = HONE_ORIGIN_IMPORTED, .categories = sets[category] };
      rows[n] = (HoneImportRow) { .external_id = lines[n], .text = text, .split = atoi (lines[n] + 1) % 10 == 9, .labels = labels[n],
                                  .n_labels = 1 };
      if (rich)
        enrich (&rows[n], labels[n], sets[(category + 1) % CATEGORIES], n);
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
            gboolean    with_labels,
            gboolean    rich)
{
  HoneStore *store = new_project (path);
  g_autofree char *probe_path = g_strconcat (path, ".probe", NULL);
  g_autoptr(GError) error = NULL;
  Waiter *labels = NULL, *disk = NULL;
  FILE *file = fopen (csv, "r");
  double start;

  import_targets (store, "first");
  start = now ();
  if (with_labels)
    {
      labels = waiter_start (store, NULL);
      disk = waiter_start (store, probe_path);
    }
  import_file (store, file, rich);
  printf ("import_seconds %.2f\n", now () - start);
  if (with_labels)
    {
      waiter_stop (labels);
      waiter_stop (disk);
    }
  if (rich)
    import_targets (store, "last");
  start = now ();
  if (!hone_store_close (store, &error))
    fail (error);
  printf ("close_seconds %.2f\npeak_mib %.0f\n", now () - start, peak_mib ());
  g_object_unref (store);
  fclose (file);
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
    return run_import (argv[2], argv[3], argc == 4, argc > 4 && g_str_equal (argv[4], "rich"));
  if (g_str_equal (what, "pages") && argc == 3)
    return run_pages (argv[2]);
  if (g_str_equal (what, "predictions") && argc == 4)
    return run_predictions (argv[2], atoi (argv[3]));
  if (g_str_equal (what, "calibrate"))
    return calibrate ();
  fprintf (stderr, "usage: bench-store csv N FILE | import FILE PROJECT [quiet|rich] | pages PROJECT | predictions PROJECT N | calibrate\n");
  return 2;
}
