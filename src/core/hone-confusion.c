/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The confusion matrix: references down, answers across. */
#include "config.h"

#include "hone-measures.h"

typedef struct {
  HoneConfusion      *matrix;
  const HoneOntology *ontology;
  gsize               unable, out_of_set, none;     /* columns */
} Filler;

static void
count_pair (Filler  *filler,
            gsize    row,
            gsize    column,
            guint64  count)
{
  filler->matrix->counts[row * filler->matrix->n_columns + column] += count;
}

/* Every category that was given and not wanted stands beside the missed one; without any, @otherwise does. */
static void
count_missed (Filler                *filler,
              gsize                  row,
              const HoneCategorySet *reference,
              const HoneCategorySet *answer,
              gsize                  otherwise,
              guint64                count)
{
  gsize n_ids = 0;
  const guint *ids = answer != NULL ? hone_category_set_get_ids (answer, &n_ids) : NULL;
  gboolean any = FALSE;

  for (gsize i = 0; i < n_ids; i++)
    {
      gsize column = hone_ontology_get_position (filler->ontology, ids[i]);

      if (hone_category_set_contains (reference, ids[i]))
        continue;
      /* The category is gone from the ontology since the model answered it. */
      count_pair (filler, row, column != G_MAXSIZE ? column : filler->out_of_set, count);
      any = TRUE;
    }

  if (!any)
    count_pair (filler, row, otherwise, count);
}

static void
count_cell (Filler              *filler,
            const HoneTallyCell *cell)
{
  gsize n_ids;
  const guint *ids = hone_category_set_get_ids (cell->reference, &n_ids);
  gsize otherwise = cell->outcome == HONE_OUTCOME_ABSTAINED ? filler->unable
                    : cell->outcome == HONE_OUTCOME_OUT_OF_SET ? filler->out_of_set : filler->none;

  for (gsize i = 0; i < n_ids; i++)
    {
      gsize row = hone_ontology_get_position (filler->ontology, ids[i]);

      if (row == G_MAXSIZE)
        continue;
      if (cell->answer != NULL && hone_category_set_contains (cell->answer, ids[i]))
        count_pair (filler, row, row, cell->count);
      else
        count_missed (filler, row, cell->reference, cell->answer, otherwise, cell->count);
    }
}

static HoneConfusion *
make_empty (const HoneOntology *ontology)
{
  HoneConfusion *self = g_new0 (HoneConfusion, 1);
  gboolean several = hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL;
  gsize n = hone_ontology_get_size (ontology);

  self->n_rows = n;
  self->n_columns = n + (several ? 3 : 2);
  self->rows = g_new0 (char *, self->n_rows + 1);
  self->columns = g_new0 (char *, self->n_columns + 1);
  for (gsize i = 0; i < n; i++)
    {
      self->rows[i] = g_strdup (hone_ontology_get_nth (ontology, i)->key);
      self->columns[i] = g_strdup (self->rows[i]);
    }
  self->columns[n] = g_strdup (HONE_UNABLE_TO_CLASSIFY);
  self->columns[n + 1] = g_strdup ("OUT_OF_SET");
  if (several)
    self->columns[n + 2] = g_strdup ("NONE");
  self->counts = g_new0 (guint64, self->n_rows * self->n_columns + 1);

  return self;
}

/**
 * hone_confusion_new:
 * @tally: the scored examples
 * @ontology: the categories, which give rows and columns their order
 *
 * Counts references against answers. Rows: the categories. Columns: the same, then `UNABLE_TO_CLASSIFY`
 * (abstained) and `OUT_OF_SET`. Choice rule "several": the diagonal counts categories found, the others each
 * pair of one missed and one wrongly given category; a missed category with nothing wrong beside it counts in the
 * column `NONE`, which stands last there. References to categories that the ontology no longer has are not in it.
 *
 * Returns: (transfer full): the matrix
 */
HoneConfusion *
hone_confusion_new (HoneTally          *tally,
                    const HoneOntology *ontology)
{
  const HoneTallyCell *cells;
  Filler filler;
  gsize n_cells, n;

  g_return_val_if_fail (tally != NULL, NULL);
  g_return_val_if_fail (ontology != NULL, NULL);

  n = hone_ontology_get_size (ontology);
  filler = (Filler) { make_empty (ontology), ontology, n, n + 1, 0 };
  filler.none = filler.matrix->n_columns - 1;

  cells = hone_tally_get_cells (tally, &n_cells);
  for (gsize i = 0; i < n_cells; i++)
    count_cell (&filler, &cells[i]);

  return filler.matrix;
}

/**
 * hone_confusion_free:
 * @self: (transfer full): a matrix
 */
void
hone_confusion_free (HoneConfusion *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->rows);
  g_strfreev (self->columns);
  g_free (self->counts);
  g_free (self);
}
