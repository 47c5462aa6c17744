/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The confusion matrix of a tally. */
#include "config.h"

#include "hone-measures.h"

#define OUT_OF_SET_COLUMN "OUT_OF_SET"
#define NONE_COLUMN       "NONE"

static void
count_cell (HoneConfusion       *self,
            const HoneTallyCell *cell,
            const HoneOntology  *ontology)
{
  gsize n_reference, n_answer = 0, wrong = 0;
  const guint *reference = hone_category_set_get_ids (cell->reference, &n_reference);
  const guint *answer = cell->answer ? hone_category_set_get_ids (cell->answer, &n_answer) : NULL;

  for (gsize i = 0; i < n_reference; i++)
    {
      gsize row = hone_ontology_get_position (ontology, reference[i]);
      guint64 *counts;

      if (row >= self->n_rows)
        continue;
      counts = self->counts + row * self->n_columns;
      if (cell->outcome != HONE_OUTCOME_ANSWERED)
        {
          counts[self->n_rows + (cell->outcome == HONE_OUTCOME_ABSTAINED ? 0 : 1)] += cell->count;
          continue;
        }
      if (hone_category_set_contains (cell->answer, reference[i]))
        {
          counts[row] += cell->count;
          continue;
        }
      wrong = 0;
      for (gsize k = 0; k < n_answer; k++)
        {
          gsize column = hone_ontology_get_position (ontology, answer[k]);

          if (column < self->n_rows && !hone_category_set_contains (cell->reference, answer[k]))
            counts[column] += cell->count, wrong++;
        }
      if (wrong == 0 && self->n_columns > self->n_rows + 2)
        counts[self->n_rows + 2] += cell->count;
    }
}

/**
 * hone_confusion_new:
 * @tally: scored examples
 * @ontology: for rows and columns, in its order
 *
 * Rows are reference categories, columns what the model answered; the last columns are `UNABLE_TO_CLASSIFY` (abstained) and
 * `OUT_OF_SET`. For choice rule “several” the diagonal counts categories that were found, cell (i, j) texts where i was missed
 * while j was wrongly given, and a last column `NONE` those where i was missed and nothing wrong was given.
 *
 * Returns: (transfer full): the matrix
 */
HoneConfusion *
hone_confusion_new (HoneTally          *tally,
                    const HoneOntology *ontology)
{
  HoneConfusion *self = g_new0 (HoneConfusion, 1);
  gboolean several = hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL;
  const HoneTallyCell *cells;
  gsize n_cells;

  self->n_rows = hone_ontology_get_size (ontology);
  self->n_columns = self->n_rows + (several ? 3 : 2);
  self->rows = g_new0 (char *, self->n_rows + 1);
  self->columns = g_new0 (char *, self->n_columns + 1);
  for (gsize i = 0; i < self->n_rows; i++)
    {
      self->rows[i] = g_strdup (hone_ontology_get_nth (ontology, i)->key);
      self->columns[i] = g_strdup (self->rows[i]);
    }
  self->columns[self->n_rows] = g_strdup (HONE_UNABLE_TO_CLASSIFY);
  self->columns[self->n_rows + 1] = g_strdup (OUT_OF_SET_COLUMN);
  if (several)
    self->columns[self->n_rows + 2] = g_strdup (NONE_COLUMN);
  self->counts = g_new0 (guint64, MAX (self->n_rows * self->n_columns, 1));

  cells = hone_tally_get_cells (tally, &n_cells);
  for (gsize i = 0; i < n_cells; i++)
    count_cell (self, &cells[i], ontology);
  return self;
}

/**
 * hone_confusion_free:
 * @self: (transfer full): a matrix
 */
void
hone_confusion_free (HoneConfusion *self)
{
  g_strfreev (self->rows);
  g_strfreev (self->columns);
  g_free (self->counts);
  g_free (self);
}
