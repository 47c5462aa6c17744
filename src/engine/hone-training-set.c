/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Training sets are lists of row numbers: folds and rounds of self-training share one matrix. */
#include "config.h"

#include "core/hone-random.h"
#include "hone-training-set.h"

/**
 * hone_training_set_new:
 * @n_categories: of the job
 *
 * Returns: (transfer full): an empty set
 */
HoneTrainingSet *
hone_training_set_new (guint n_categories)
{
  HoneTrainingSet *self = g_new0 (HoneTrainingSet, 1);
  guint32 none = 0;

  self->n_categories = n_categories;
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->weights = g_array_new (FALSE, FALSE, sizeof (double));
  self->starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->categories = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (self->starts, none);
  return self;
}

/**
 * hone_training_set_free:
 * @self: (transfer full): a set
 *
 * Frees the set.
 */
void
hone_training_set_free (HoneTrainingSet *self)
{
  g_return_if_fail (self != NULL);

  g_array_unref (self->rows);
  g_array_unref (self->weights);
  g_array_unref (self->starts);
  g_array_unref (self->categories);
  g_free (self);
}

/**
 * hone_training_set_add:
 * @self: a set
 * @row: of the matrix
 * @weight: how many times it counts, above 0
 * @categories: (array length=n_categories): its categories
 * @n_categories: how many
 *
 * Appends a member.
 */
void
hone_training_set_add (HoneTrainingSet *self,
                       guint32          row,
                       double           weight,
                       const guint32   *categories,
                       gsize            n_categories)
{
  guint32 end;

  g_return_if_fail (self != NULL);

  g_array_append_val (self->rows, row);
  g_array_append_val (self->weights, weight);
  if (n_categories > 0)
    g_array_append_vals (self->categories, categories, (guint) n_categories);
  end = self->categories->len;
  g_array_append_val (self->starts, end);
}

/**
 * hone_training_set_get:
 * @self: a set
 * @nth: member, from 0
 * @n_categories: (out): how many it has
 *
 * Returns: (transfer none) (array length=n_categories): the categories of a member
 */
const guint32 *
hone_training_set_get (const HoneTrainingSet *self,
                       gsize                  nth,
                       gsize                 *n_categories)
{
  guint32 start = g_array_index (self->starts, guint32, nth);

  *n_categories = g_array_index (self->starts, guint32, nth + 1) - start;
  return (const guint32 *) (gpointer) self->categories->data + start;
}

/**
 * hone_training_set_has:
 * @self: a set
 * @nth: member, from 0
 * @category: index
 *
 * Returns: whether the member is of the category
 */
gboolean
hone_training_set_has (const HoneTrainingSet *self,
                       gsize                  nth,
                       guint32                category)
{
  gsize n;
  const guint32 *categories = hone_training_set_get (self, nth, &n);

  for (gsize i = 0; i < n; i++)
    if (categories[i] == category)
      return TRUE;
  return FALSE;
}

static void
add_member (HoneTrainingSet       *self,
            const HoneTrainingSet *from,
            gsize                  nth)
{
  gsize n;
  const guint32 *categories = hone_training_set_get (from, nth, &n);

  hone_training_set_add (self, g_array_index (from->rows, guint32, nth), g_array_index (from->weights, double, nth), categories, n);
}

/**
 * hone_training_set_new_labels:
 * @corpus: texts
 * @n_categories: of the job
 *
 * Returns: (transfer full): all labelled texts; row n of the matrix is text n of the corpus
 */
HoneTrainingSet *
hone_training_set_new_labels (const HoneCorpus *corpus,
                              guint             n_categories)
{
  HoneTrainingSet *self = hone_training_set_new (n_categories);

  for (gsize i = 0; i < corpus->n_labelled; i++)
    {
      gsize n;
      const guint32 *categories = hone_corpus_get_categories (corpus, i, &n);

      hone_training_set_add (self, (guint32) i, hone_corpus_get_weight (corpus, i), categories, n);
    }
  return self;
}

/**
 * hone_training_set_copy:
 * @self: a set
 *
 * Returns: (transfer full): a set with the same members
 */
HoneTrainingSet *
hone_training_set_copy (const HoneTrainingSet *self)
{
  HoneTrainingSet *copy = hone_training_set_new (self->n_categories);

  for (gsize i = 0; i < self->rows->len; i++)
    add_member (copy, self, i);
  return copy;
}

/**
 * hone_training_set_new_without:
 * @self: a set
 * @folds: the fold of each member
 * @left_out: a fold
 *
 * Returns: (transfer full): the members of all other folds
 */
HoneTrainingSet *
hone_training_set_new_without (const HoneTrainingSet *self,
                               const guint8          *folds,
                               guint                  left_out)
{
  HoneTrainingSet *part = hone_training_set_new (self->n_categories);

  for (gsize i = 0; i < self->rows->len; i++)
    if (folds[i] != left_out)
      add_member (part, self, i);
  return part;
}

/**
 * hone_training_set_sum:
 * @self: a set
 * @sums: (out caller-allocates): a number for each category
 *
 * Sums the weights of the members of each category.
 */
void
hone_training_set_sum (const HoneTrainingSet *self,
                       double                *sums)
{
  for (guint c = 0; c < self->n_categories; c++)
    sums[c] = 0;
  for (gsize i = 0; i < self->rows->len; i++)
    {
      gsize n;
      const guint32 *categories = hone_training_set_get (self, i, &n);

      for (gsize k = 0; k < n; k++)
        sums[categories[k]] += g_array_index (self->weights, double, i);
    }
}

/* The rarest category of a member decides where it goes: with several categories the frequent ones come out even by
 * their number alone. Members without any come last. */
static guint *
find_strata (const HoneTrainingSet *self)
{
  g_autofree double *sums = g_new (double, self->n_categories);
  guint *strata = g_new (guint, self->rows->len);

  hone_training_set_sum (self, sums);
  for (gsize i = 0; i < self->rows->len; i++)
    {
      gsize n;
      const guint32 *categories = hone_training_set_get (self, i, &n);

      strata[i] = self->n_categories;
      for (gsize k = 0; k < n; k++)
        if (strata[i] == self->n_categories || sums[categories[k]] < sums[strata[i]])
          strata[i] = categories[k];
    }
  return strata;
}

/**
 * hone_training_set_deal:
 * @self: a set
 * @n_folds: 1 to 255
 * @seed: of the job
 * @folds: (out caller-allocates): a fold for each member
 *
 * Deals the shuffled members of one category after the other to the folds in turn, so that categories and folds are as
 * even as can be.
 */
void
hone_training_set_deal (const HoneTrainingSet *self,
                        guint                  n_folds,
                        guint64                seed,
                        guint8                *folds)
{
  gsize n = self->rows->len;
  g_autofree guint *strata = find_strata (self);
  g_autofree guint32 *order = g_new (guint32, n);
  g_autofree gsize *starts = g_new0 (gsize, self->n_categories + 2);
  g_autofree gsize *places = NULL;
  HoneRandom random;

  g_return_if_fail (n_folds > 0 && n_folds <= G_MAXUINT8);

  for (gsize i = 0; i < n; i++)
    starts[strata[i] + 1]++;
  for (guint c = 0; c <= self->n_categories; c++)
    starts[c + 1] += starts[c];
  places = g_memdup2 (starts, (self->n_categories + 2) * sizeof *starts);
  for (gsize i = 0; i < n; i++)
    order[places[strata[i]]++] = (guint32) i;
  hone_random_init_for (&random, seed, "folds");
  for (guint c = 0; c <= self->n_categories; c++)
    hone_random_shuffle (&random, order + starts[c], starts[c + 1] - starts[c], sizeof *order);
  for (gsize i = 0; i < n; i++)
    folds[order[i]] = (guint8) (i % n_folds);
}
