/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sorted array behind a count: small, immutable, shared by pointer between threads. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "hone-category-set.h"

struct _HoneCategorySet {
  gatomicrefcount ref_count;
  guint           hash;
  gsize           n_ids;
  guint           ids[];
};

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  guint left = *(const guint *) a;
  guint right = *(const guint *) b;

  return (left > right) - (left < right);
}

/* The hash is kept: tallies look up the same set a million times. */
static guint
hash_ids (const guint *ids,
          gsize        n_ids)
{
  guint64 hash = 0x9e3779b97f4a7c15u;

  for (gsize i = 0; i < n_ids; i++)
    {
      hash = (hash ^ ids[i]) * 0xff51afd7ed558ccdu;
      hash ^= hash >> 32;
    }

  return (guint) hash;
}

/**
 * hone_category_set_new:
 * @ids: (array length=n_ids) (nullable): category ids in any order
 * @n_ids: how many
 *
 * Returns: (transfer full): the set of these ids; repeats count once
 */
HoneCategorySet *
hone_category_set_new (const guint *ids,
                       gsize        n_ids)
{
  HoneCategorySet *self;
  gsize kept = 0;

  g_return_val_if_fail (ids != NULL || n_ids == 0, NULL);

  self = g_malloc (sizeof *self + n_ids * sizeof (guint));
  g_atomic_ref_count_init (&self->ref_count);
  if (n_ids > 0)
    memcpy (self->ids, ids, n_ids * sizeof (guint));
  if (n_ids > 1)
    qsort (self->ids, n_ids, sizeof (guint), compare_ids);

  for (gsize i = 0; i < n_ids; i++)
    {
      if (kept == 0 || self->ids[kept - 1] != self->ids[i])
        self->ids[kept++] = self->ids[i];
    }

  self->n_ids = kept;
  self->hash = hash_ids (self->ids, kept);
  return self;
}

/**
 * hone_category_set_new_single:
 * @id: a category id
 *
 * Returns: (transfer full): the set of this one id
 */
HoneCategorySet *
hone_category_set_new_single (guint id)
{
  return hone_category_set_new (&id, 1);
}

/**
 * hone_category_set_ref:
 * @self: a set
 *
 * Returns: (transfer full): @self, held once more
 */
HoneCategorySet *
hone_category_set_ref (HoneCategorySet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * hone_category_set_unref:
 * @self: (transfer full): a set
 *
 * Lets go of it; the last holder frees it.
 */
void
hone_category_set_unref (HoneCategorySet *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->ref_count))
    g_free (self);
}

/**
 * hone_category_set_get_size:
 * @self: a set
 *
 * Returns: how many categories it holds
 */
gsize
hone_category_set_get_size (const HoneCategorySet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_ids;
}

/**
 * hone_category_set_get_ids:
 * @self: a set
 * @n_ids: (out) (optional): how many
 *
 * Returns: (transfer none) (array length=n_ids): the ids, ascending
 */
const guint *
hone_category_set_get_ids (const HoneCategorySet *self,
                           gsize                 *n_ids)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (n_ids != NULL)
    *n_ids = self->n_ids;
  return self->ids;
}

/**
 * hone_category_set_contains:
 * @self: a set
 * @id: a category id
 *
 * Returns: whether the category is in the set
 */
gboolean
hone_category_set_contains (const HoneCategorySet *self,
                            guint                  id)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return bsearch (&id, self->ids, self->n_ids, sizeof (guint), compare_ids) != NULL;
}

/**
 * hone_category_set_count_common:
 * @a: a set
 * @b: a set
 *
 * Returns: the size of their intersection
 */
gsize
hone_category_set_count_common (const HoneCategorySet *a,
                                const HoneCategorySet *b)
{
  gsize i = 0, j = 0, common = 0;

  g_return_val_if_fail (a != NULL && b != NULL, 0);

  while (i < a->n_ids && j < b->n_ids)
    {
      if (a->ids[i] == b->ids[j])
        {
          common++;
          i++;
          j++;
        }
      else if (a->ids[i] < b->ids[j])
        i++;
      else
        j++;
    }

  return common;
}

/**
 * hone_category_set_equal:
 * @a: (type HoneCategorySet): a set
 * @b: (type HoneCategorySet): a set
 *
 * Returns: whether they hold the same categories
 */
gboolean
hone_category_set_equal (gconstpointer a,
                         gconstpointer b)
{
  const HoneCategorySet *left = a;
  const HoneCategorySet *right = b;

  g_return_val_if_fail (left != NULL && right != NULL, FALSE);

  return left == right
         || (left->hash == right->hash && left->n_ids == right->n_ids
             && memcmp (left->ids, right->ids, left->n_ids * sizeof (guint)) == 0);
}

/**
 * hone_category_set_hash:
 * @self: (type HoneCategorySet): a set
 *
 * Returns: a hash of its contents
 */
guint
hone_category_set_hash (gconstpointer self)
{
  g_return_val_if_fail (self != NULL, 0);

  return ((const HoneCategorySet *) self)->hash;
}
