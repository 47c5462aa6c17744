/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From cells to sums. Counting costs as much as there are cells, however many examples they hold. */
#include "config.h"

#include <string.h>

#include "hone-frame-private.h"

typedef struct {
  GHashTable *numbers;      /* category id → class number + 1 */
  GArray     *class_ids;
  GHashTable *sets;         /* HoneCategorySet → number, from 1 */
  GArray     *hits;
} Builder;

static guint
class_number (Builder *builder,
              guint    id)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (builder->numbers, GUINT_TO_POINTER (id)));

  if (number == 0)
    {
      g_array_append_val (builder->class_ids, id);
      number = builder->class_ids->len;
      g_hash_table_insert (builder->numbers, GUINT_TO_POINTER (id), GUINT_TO_POINTER (number));
    }

  return number - 1;
}

static guint
set_number (Builder         *builder,
            HoneCategorySet *set)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (builder->sets, set));

  if (number == 0)
    {
      number = g_hash_table_size (builder->sets) + 1;
      g_hash_table_insert (builder->sets, set, GUINT_TO_POINTER (number));
    }

  return number;
}

/* Appends the classes of @set that are in @other (or are not). */
static gsize
add_hits (Builder               *builder,
          const HoneCategorySet *set,
          const HoneCategorySet *other,
          gboolean               wanted)
{
  gsize n_ids, n_hits = 0;
  const guint *ids = hone_category_set_get_ids (set, &n_ids);

  for (gsize i = 0; i < n_ids; i++)
    {
      gboolean contained = other != NULL && hone_category_set_contains (other, ids[i]);
      guint number;

      if (contained != wanted)
        continue;
      number = class_number (builder, ids[i]);
      g_array_append_val (builder->hits, number);
      n_hits++;
    }

  return n_hits;
}

static void
add_cell (Builder             *builder,
          const HoneTallyCell *cell,
          HoneFrameCell       *out)
{
  out->first_hit = builder->hits->len;
  out->n_reference = hone_category_set_get_size (cell->reference);
  out->reference_set = set_number (builder, cell->reference);
  out->n_common = add_hits (builder, cell->reference, cell->answer, TRUE);
  if (cell->answer != NULL)
    {
      out->n_answer = hone_category_set_get_size (cell->answer);
      out->answer_set = set_number (builder, cell->answer);
      out->equal = hone_category_set_equal (cell->reference, cell->answer);
      add_hits (builder, cell->answer, cell->reference, FALSE);
    }
  add_hits (builder, cell->reference, cell->answer, FALSE);
}

/**
 * _hone_frame_new:
 * @tally: a tally
 *
 * Returns: (transfer full): the frame of its cells with their counts; independent of the tally from then on
 */
HoneFrame *
_hone_frame_new (HoneTally *tally)
{
  HoneFrame *self = g_new0 (HoneFrame, 1);
  const HoneTallyCell *cells = hone_tally_get_cells (tally, &self->n_cells);
  Builder builder = {
    g_hash_table_new (NULL, NULL),
    g_array_new (FALSE, FALSE, sizeof (guint)),
    g_hash_table_new (hone_category_set_hash, hone_category_set_equal),
    g_array_new (FALSE, FALSE, sizeof (guint)),
  };

  self->cells = g_new0 (HoneFrameCell, self->n_cells);
  self->counts = g_new (guint64, self->n_cells);
  for (gsize i = 0; i < self->n_cells; i++)
    {
      add_cell (&builder, &cells[i], &self->cells[i]);
      self->counts[i] = cells[i].count;
      self->n += cells[i].count;
    }

  self->n_classes = builder.class_ids->len;
  self->n_sets = g_hash_table_size (builder.sets) + 1;
  self->class_ids = (guint *) g_array_free (builder.class_ids, FALSE);
  self->hits = (guint *) g_array_free (builder.hits, FALSE);
  g_hash_table_unref (builder.numbers);
  g_hash_table_unref (builder.sets);

  return self;
}

/**
 * _hone_frame_free:
 * @self: (transfer full): a frame
 */
void
_hone_frame_free (HoneFrame *self)
{
  g_free (self->cells);
  g_free (self->counts);
  g_free (self->hits);
  g_free (self->class_ids);
  g_free (self);
}

/**
 * _hone_sums_new:
 * @frame: a frame
 *
 * Returns: (transfer full): sums with room for its classes, all zero
 */
HoneSums *
_hone_sums_new (const HoneFrame *frame)
{
  HoneSums *self = g_new0 (HoneSums, 1);

  self->n_classes = frame->n_classes;
  self->n_sets = frame->n_sets;
  self->found = g_new0 (guint64, self->n_classes);
  self->wrong = g_new0 (guint64, self->n_classes);
  self->missed = g_new0 (guint64, self->n_classes);
  self->as_reference = g_new0 (guint64, self->n_sets);
  self->as_answer = g_new0 (guint64, self->n_sets);

  return self;
}

/**
 * _hone_sums_free:
 * @self: (transfer full): sums
 */
void
_hone_sums_free (HoneSums *self)
{
  g_free (self->found);
  g_free (self->wrong);
  g_free (self->missed);
  g_free (self->as_reference);
  g_free (self->as_answer);
  g_free (self);
}

static void
clear_sums (HoneSums *self)
{
  gsize classes = self->n_classes * sizeof (guint64);
  gsize sets = self->n_sets * sizeof (guint64);

  self->n = self->n_equal = self->n_overlapping = 0;
  self->sum_of_marks = self->sum_of_jaccards = 0.0;
  if (classes > 0)
    {
      memset (self->found, 0, classes);
      memset (self->wrong, 0, classes);
      memset (self->missed, 0, classes);
    }
  memset (self->as_reference, 0, sets);
  memset (self->as_answer, 0, sets);
}

static void
count_cell (HoneSums            *self,
            const HoneFrameCell *cell,
            const guint         *hit,
            guint64              count)
{
  gsize n_union = cell->n_reference + cell->n_answer - cell->n_common;
  double jaccard = n_union > 0 ? (double) cell->n_common / (double) n_union : cell->equal ? 1.0 : 0.0;

  self->n += count;
  self->n_equal += cell->equal ? count : 0;
  self->n_overlapping += cell->n_common > 0 ? count : 0;
  self->sum_of_jaccards += (double) count * jaccard;
  self->sum_of_marks += (double) count * (0.5 + 0.5 * jaccard);
  self->as_reference[cell->reference_set] += count;
  self->as_answer[cell->answer_set] += count;

  for (gsize i = 0; i < cell->n_common; i++)
    self->found[*hit++] += count;
  for (gsize i = cell->n_common; i < cell->n_answer; i++)
    self->wrong[*hit++] += count;
  for (gsize i = cell->n_common; i < cell->n_reference; i++)
    self->missed[*hit++] += count;
}

/**
 * _hone_sums_count:
 * @self: sums
 * @frame: the frame that they were made for
 * @counts: one for each cell of the frame
 */
void
_hone_sums_count (HoneSums        *self,
                  const HoneFrame *frame,
                  const guint64   *counts)
{
  clear_sums (self);
  for (gsize i = 0; i < frame->n_cells; i++)
    {
      if (counts[i] > 0)
        count_cell (self, &frame->cells[i], frame->hits + frame->cells[i].first_hit, counts[i]);
    }
}
