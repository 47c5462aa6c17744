/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sublinear tf · idf of both blocks. The texts are read twice, first to count and then to fill, because the
 * counts of 100,000 texts beside their nodes would need half as much memory again, and reading is cheap.
 * Each row depends on its own text and on whole-number sums only, so any number of threads gives the same bits. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "hone-engine-error.h"
#include "hone-feature-matrix.h"

#define CHUNK 256   /* texts a thread takes at a time */

typedef struct {
  const HoneCorpus  *corpus;
  HoneFeatureMatrix *matrix;
  HoneEngineEvents  *events;
  guint32           *documents;   /* HONE_NGRAM_BUCKETS: texts that have the bucket; counted atomically */
  guint32           *firsts;      /* HONE_NGRAM_BUCKETS: the first text that has it; atomic */
  gboolean           fill;        /* the second reading */
  gsize              next;        /* first text nobody took yet; atomic */
} HoneMatrixBuild;

/**
 * hone_feature_space_new:
 * @n_features: how many buckets occurred
 *
 * Returns: (transfer full): a space whose arrays are zero, to be filled
 */
HoneFeatureSpace *
hone_feature_space_new (guint n_features)
{
  HoneFeatureSpace *self = g_new0 (HoneFeatureSpace, 1);

  self->n_features = n_features;
  self->buckets = g_new0 (guint32, n_features);
  self->idf = g_new0 (float, n_features);
  self->features = g_new0 (guint32, HONE_NGRAM_BUCKETS);
  return self;
}

/**
 * hone_feature_space_free:
 * @self: (transfer full): a space
 *
 * Frees the space.
 */
void
hone_feature_space_free (HoneFeatureSpace *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->buckets);
  g_free (self->idf);
  g_free (self->features);
  g_free (self);
}

static inline double
length_scale (double squares)
{
  return squares > 0 ? 1 / sqrt (squares) : 0;
}

/**
 * hone_feature_space_weigh:
 * @self: a space
 * @counts: (array length=n_counts): the n-grams of a text
 * @n_counts: how many
 * @nodes: (out caller-allocates): room for @n_counts nodes
 *
 * Weighs the n-grams of a text: (1 + ln tf) · idf, each block divided by its length. N-grams that no training
 * text had count for the length and are then left out.
 *
 * Returns: how many nodes were written
 */
gsize
hone_feature_space_weigh (const HoneFeatureSpace *self,
                          const HoneNgramCount   *counts,
                          gsize                   n_counts,
                          HoneNode               *nodes)
{
  double squares[2] = { 0, 0 };
  double scales[2];
  gsize n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (gsize i = 0; i < n_counts; i++)
    {
      guint32 feature = self->features[counts[i].bucket];
      double tf = counts[i].count == 1 ? 1 : 1 + log (counts[i].count);
      double x = tf * (feature > 0 ? self->idf[feature - 1] : self->idf_unseen);

      squares[counts[i].bucket / HONE_NGRAM_BLOCK_SIZE] += x * x;
      if (feature == 0)
        continue;
      nodes[n].index = (gint32) feature;
      nodes[n++].x = (float) x;
    }
  scales[0] = length_scale (squares[0]);
  scales[1] = length_scale (squares[1]);
  for (gsize i = 0; i < n; i++)
    nodes[i].x = (float) (nodes[i].x * scales[self->buckets[nodes[i].index - 1] / HONE_NGRAM_BLOCK_SIZE]);
  return n;
}

static void
fill_row (HoneMatrixBuild      *build,
          gsize                 row,
          const HoneNgramCount *counts,
          gsize                 n_counts)
{
  HoneFeatureMatrix *matrix = build->matrix;
  HoneNode *nodes = matrix->nodes + matrix->starts[row];
  gsize n = hone_feature_space_weigh (matrix->space, counts, n_counts, nodes);

  nodes[n++] = (HoneNode) { (gint32) matrix->space->n_features + 1, 1, 1 };
  nodes[n] = (HoneNode) { -1, 0, 0 };
}

static void
lower (guint32 *number,
       guint32  value)
{
  guint32 found = __atomic_load_n (number, __ATOMIC_RELAXED);

  while (value < found && !__atomic_compare_exchange_n (number, &found, value, TRUE, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
    ;
}

static void
count_row (HoneMatrixBuild      *build,
           gsize                 row,
           const HoneNgramCount *counts,
           gsize                 n_counts)
{
  for (gsize i = 0; i < n_counts; i++)
    {
      __atomic_fetch_add (&build->documents[counts[i].bucket], 1, __ATOMIC_RELAXED);
      lower (&build->firsts[counts[i].bucket], (guint32) row);
    }
  build->matrix->starts[row + 1] = n_counts + 2;
}

static gpointer
work (gpointer data)
{
  HoneMatrixBuild *build = data;
  g_autoptr(HoneNgramCounter) counter = hone_ngram_counter_new ();
  gsize n_rows = build->matrix->n_rows;
  gsize first;

  while ((first = __atomic_fetch_add (&build->next, CHUNK, __ATOMIC_RELAXED)) < n_rows
         && !hone_engine_events_is_stopping (build->events, NULL))
    for (gsize row = first; row < MIN (first + CHUNK, n_rows); row++)
      {
        gsize length, n_counts;
        const char *text = hone_corpus_get_text (build->corpus, row, &length);
        const HoneNgramCount *counts = hone_ngram_counter_count (counter, text, length, &n_counts);

        if (build->fill)
          fill_row (build, row, counts, n_counts);
        else
          count_row (build, row, counts, n_counts);
      }
  return NULL;
}

static gboolean
read_all (HoneMatrixBuild *build,
          guint            n_threads,
          GError         **error)
{
  g_autoptr(GPtrArray) threads = g_ptr_array_new ();

  build->next = 0;
  n_threads = (guint) MIN (n_threads, (build->matrix->n_rows + CHUNK - 1) / CHUNK);
  for (guint i = 1; i < n_threads; i++)
    {
      GThread *thread = g_thread_try_new ("features", work, build, NULL);

      if (thread == NULL)   /* fewer threads are slower, nothing else */
        break;
      g_ptr_array_add (threads, thread);
    }
  work (build);
  for (guint i = 0; i < threads->len; i++)
    g_thread_join (threads->pdata[i]);
  return !hone_engine_events_is_stopping (build->events, error);
}

/* Frequent buckets first, then those that begin in the same text side by side: the solver walks over weights in the order
 * of texts, and most of them are then in the cache. */
static int
compare_buckets (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const HoneMatrixBuild *build = data;
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  if (build->documents[x] != build->documents[y])
    return build->documents[x] < build->documents[y] ? 1 : -1;
  if (build->firsts[x] != build->firsts[y])
    return build->firsts[x] < build->firsts[y] ? -1 : 1;
  return x < y ? -1 : 1;
}

static HoneFeatureSpace *
make_space (HoneMatrixBuild *build)
{
  double n_texts = (double) build->matrix->n_rows;
  HoneFeatureSpace *space;
  guint n = 0;

  for (guint b = 0; b < HONE_NGRAM_BUCKETS; b++)
    n += build->documents[b] > 0;
  space = hone_feature_space_new (n);
  n = 0;
  for (guint b = 0; b < HONE_NGRAM_BUCKETS; b++)
    if (build->documents[b] > 0)
      space->buckets[n++] = b;
  g_qsort_with_data (space->buckets, (int) n, sizeof *space->buckets, compare_buckets, build);
  for (guint i = 0; i < n; i++)
    {
      guint32 bucket = space->buckets[i];

      space->features[bucket] = i + 1;
      space->idf[i] = (float) (log ((1 + n_texts) / (1 + (double) build->documents[bucket])) + 1);
    }
  space->idf_unseen = (float) (log (1 + n_texts) + 1);
  return space;
}

static gboolean
allocate_nodes (HoneFeatureMatrix *self,
                GError           **error)
{
  gsize n_nodes = self->starts[self->n_rows];
  double wanted = (double) n_nodes * sizeof (HoneNode);
  double there = (double) sysconf (_SC_PHYS_PAGES) * (double) sysconf (_SC_PAGESIZE);

  if (wanted < there)
    self->nodes = g_try_new (HoneNode, n_nodes);
  if (self->nodes != NULL)
    return TRUE;
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_TOO_LARGE,
               _("The %lu texts need %.0f MiB of memory, this computer has %.0f MiB"),
               (gulong) self->n_rows, wanted / 1048576, there / 1048576);
  return FALSE;
}

/**
 * hone_feature_matrix_new:
 * @corpus: at least one text
 * @n_threads: how many threads may read; the result is the same for any number
 * @events: (nullable): knows when to stop
 * @error: return location
 *
 * Weighs all texts of a corpus, with and without labels alike.
 *
 * Returns: (transfer full): the matrix, or %NULL where memory does not suffice or the run shall stop
 */
HoneFeatureMatrix *
hone_feature_matrix_new (const HoneCorpus *corpus,
                         guint             n_threads,
                         HoneEngineEvents *events,
                         GError          **error)
{
  g_autoptr(HoneFeatureMatrix) self = g_new0 (HoneFeatureMatrix, 1);
  g_autofree guint32 *documents = g_new0 (guint32, HONE_NGRAM_BUCKETS);
  g_autofree guint32 *firsts = g_new (guint32, HONE_NGRAM_BUCKETS);
  HoneMatrixBuild build = { corpus, self, events, documents, firsts, FALSE, 0 };

  g_return_val_if_fail (corpus != NULL && corpus->n_texts > 0, NULL);

  self->n_rows = corpus->n_texts;
  self->starts = g_new0 (gsize, self->n_rows + 1);
  memset (firsts, 0xff, HONE_NGRAM_BUCKETS * sizeof *firsts);
  if (!read_all (&build, n_threads, error))
    return NULL;
  for (gsize row = 0; row < self->n_rows; row++)
    self->starts[row + 1] += self->starts[row];
  self->space = make_space (&build);
  if (!allocate_nodes (self, error))
    return NULL;
  build.fill = TRUE;
  return read_all (&build, n_threads, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * hone_feature_matrix_free:
 * @self: (transfer full): a matrix
 *
 * Frees the matrix with its space.
 */
void
hone_feature_matrix_free (HoneFeatureMatrix *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->space, hone_feature_space_free);
  g_free (self->starts);
  g_free (self->nodes);
  g_free (self);
}
