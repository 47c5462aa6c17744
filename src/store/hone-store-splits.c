/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roles of examples: given by the user's word, or dealt. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-decisions-private.h"
#include "hone-store-examples.h"
#include "hone-store-private.h"
#include "hone-store-work-private.h"

typedef struct {
  gint64    id;
  HoneSplit split;
} Role;

typedef struct {
  const Role *roles;
  gsize       n_roles, i;
  int         origin;
  gint64      work;
} Preparation;

static gboolean
prepare_step (HoneStore  *self,
              HoneDb     *db,
              gpointer    data,
              gboolean   *done,
              GError    **error)
{
  Preparation *preparation = data;
  const Role *role;

  if (preparation->work == 0)
    {
      preparation->work = _hone_work_begin (db, HONE_WORK_SPLIT, preparation->origin, 0, error);
      return preparation->work != 0;
    }
  role = &preparation->roles[preparation->i++];
  *done = preparation->i == preparation->n_roles;
  return _hone_example_check (db, role->id, error) && _hone_work_add (db, preparation->work, role->id, role->split, error);
}

static gboolean
give_many (HoneStore   *self,
           const Role  *roles,
           gsize        n_roles,
           int          origin,
           GError     **error)
{
  Preparation preparation = { roles, n_roles, 0, origin };
  HoneDb *db = _hone_store_write_slices (self, HONE_WRITE_SLICE, prepare_step, &preparation, error)
                 ? _hone_store_begin (self, HONE_WRITE_LABEL, error) : NULL;

  if (db && _hone_store_end (self, db, _hone_work_approve (db, preparation.work, origin, error), error))
    return _hone_work_carry_out (self, preparation.work, error);
  if (preparation.work)
    _hone_work_drop (self, preparation.work);
  return FALSE;
}

static gboolean
give_few (HoneStore   *self,
          const Role  *roles,
          gsize        n_roles,
          int          origin,
          GError     **error)
{
  HoneDb *db = _hone_store_begin (self, HONE_WRITE_LABEL, error);
  gboolean good = db != NULL;

  if (!db)
    return FALSE;
  for (gsize i = 0; i < n_roles && good; i++)
    good = _hone_example_check (db, roles[i].id, error) && _hone_example_set_split (self, db, roles[i].id, roles[i].split, origin, error);
  return _hone_store_end (self, db, good, error);
}

static gboolean
give (HoneStore  *self,
      GArray     *roles,
      int         origin,
      GError    **error)
{
  const Role *first = (const Role *) (gpointer) roles->data;

  return roles->len <= HONE_WORK_SHORT ? give_few (self, first, roles->len, origin, error) : give_many (self, first, roles->len, origin, error);
}

/**
 * hone_store_set_split:
 * @self: a project
 * @ids: (array length=n_ids): examples
 * @n_ids: how many
 * @split: the role they get by the user's word
 * @error: return location
 *
 * Many change in slices, between which labels get their turn. Blocks.
 *
 * Returns: whether it is on disk, for all or none
 */
gboolean
hone_store_set_split (HoneStore     *self,
                      const gint64  *ids,
                      gsize          n_ids,
                      HoneSplit      split,
                      GError       **error)
{
  g_autoptr(GArray) roles = g_array_new (FALSE, FALSE, sizeof (Role));

  for (gsize i = 0; i < n_ids; i++)
    {
      Role role = { ids[i], split };

      g_array_append_val (roles, role);
    }
  return give (self, roles, HONE_SPLIT_GIVEN, error);
}

/* ---- dealing ---- */

typedef struct {
  gint64  id, fold;
  guint64 stratum;
} Undealt;

static gboolean
tell_counts (HoneDb        *db,
             HoneSplitter  *splitter,
             GError       **error)
{
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local,
                                      "SELECT split, coalesce (e.reference, k.categories, 0), count (*) FROM example e"
                                      " LEFT JOIN known k ON k.example = e.id WHERE e.hidden = 0 AND e.split_origin <> 0"
                                      " AND e.id <= (SELECT visible FROM project) GROUP BY 1, 2", "");

  while (_hone_db_next (db, row, &local))
    hone_splitter_count (splitter, sqlite3_column_int64 (row, 1), sqlite3_column_int (row, 0), sqlite3_column_int64 (row, 2));
  if (!local)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static GArray *
list_undealt (HoneDb  *db,
              GError **error)
{
  g_autoptr(GArray) undealt = g_array_new (FALSE, FALSE, sizeof (Undealt));
  g_autoptr(GError) local = NULL;
  sqlite3_stmt *row = _hone_db_query (db, &local,
                                      "SELECT e.id, e.fold, coalesce (e.reference, k.categories, 0) FROM example e"
                                      " LEFT JOIN known k ON k.example = e.id"
                                      " WHERE e.hidden = 0 AND e.split_origin = 0 AND e.id <= (SELECT visible FROM project)"
                                      " AND NOT EXISTS (SELECT 1 FROM training t WHERE t.example = e.id) ORDER BY e.id", "");

  while (_hone_db_next (db, row, &local))
    {
      Undealt one = { sqlite3_column_int64 (row, 0), sqlite3_column_int64 (row, 1), (guint64) sqlite3_column_int64 (row, 2) };

      g_array_append_val (undealt, one);
    }
  if (!local)
    return g_steal_pointer (&undealt);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* The role of the first near copy whose role is fixed: by the file, the user, an earlier deal or a training list; -1: none. */
static gint64
role_of_copies (HoneDb         *db,
                const Undealt  *one,
                GError        **error)
{
  return _hone_db_number (db, -1, error,
                          "SELECT split FROM example WHERE fold = ?1 AND id <> ?2 AND hidden = 0 AND id <= (SELECT visible FROM project)"
                          " AND (split_origin <> 0 OR EXISTS (SELECT 1 FROM training t WHERE t.example = example.id)) ORDER BY id LIMIT 1", "ii",
                          one->fold, one->id);
}

static GArray *
deal (HoneDb        *db,
      HoneSplitter  *splitter,
      GError       **error)
{
  g_autoptr(GArray) roles = g_array_new (FALSE, FALSE, sizeof (Role)), undealt = NULL;
  g_autoptr(GHashTable) dealt = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);   /* fold → split + 1, of this deal */
  g_autoptr(GError) local = NULL;

  if (!tell_counts (db, splitter, error) || !(undealt = list_undealt (db, error)))
    return NULL;
  for (guint i = 0; i < undealt->len && !local; i++)
    {
      const Undealt *one = &g_array_index (undealt, Undealt, i);
      gint64 role = GPOINTER_TO_INT (g_hash_table_lookup (dealt, &one->fold)) - 1;
      Role given;

      if (role < 0)
        role = role_of_copies (db, one, &local);
      if (role < 0 && !local)
        role = hone_splitter_next (splitter, one->stratum);
      g_hash_table_insert (dealt, g_memdup2 (&one->fold, sizeof one->fold), GINT_TO_POINTER ((int) role + 1));
      given = (Role) { one->id, role };
      g_array_append_val (roles, given);
    }
  if (!local)
    return g_steal_pointer (&roles);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

/* All of it is read at one moment, and by a reader: nobody waits. */
static GArray *
deal_now (HoneStore         *self,
          const HoneShares  *shares,
          GError           **error)
{
  g_autoptr(HoneSplitter) splitter = hone_splitter_new (shares, hone_store_get_seed (self));
  HoneDb *db = _hone_store_borrow (self, error);
  GArray *roles = NULL;

  if (!db)
    return NULL;
  if (_hone_db_script (db, "BEGIN", error))
    roles = deal (db, splitter, error);
  sqlite3_exec (db->handle, "COMMIT", NULL, NULL, NULL);
  _hone_store_give_back (self, db);
  return roles;
}

/**
 * hone_store_deal_splits:
 * @self: a project
 * @shares: wanted shares
 * @n_dealt: (out) (optional): how many examples got a role
 * @error: return location
 *
 * Deals roles to the examples that have `train` by default only: no file, no user and no earlier deal gave it, and no training list
 * holds them. Stratified by reference label or known answer; near copies go together. Many change in slices, between which labels get
 * their turn. Blocks.
 *
 * Returns: whether it is on disk, for all or none
 */
gboolean
hone_store_deal_splits (HoneStore         *self,
                        const HoneShares  *shares,
                        guint64           *n_dealt,
                        GError           **error)
{
  g_autoptr(GArray) roles = deal_now (self, shares, error);

  if (!roles || !give (self, roles, HONE_SPLIT_DEALT, error))
    return FALSE;
  if (n_dealt)
    *n_dealt = roles->len;
  return TRUE;
}
