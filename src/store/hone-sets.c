/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Category sets as numbers: "3,7" is one row of category_set, and labels, predictions and counts hold its id. */
#include "config.h"

#include <stdlib.h>

#include <glib/gi18n-lib.h>

#include "hone-store-private.h"

static gint64 *
dup_id (gint64 id)
{
  gint64 *copy = g_new (gint64, 1);

  *copy = id;
  return copy;
}

void
_hone_sets_init (HoneSets *sets)
{
  g_mutex_init (&sets->mutex);
  sets->by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) hone_category_set_unref);
  sets->by_set = g_hash_table_new_full (hone_category_set_hash, hone_category_set_equal, (GDestroyNotify) hone_category_set_unref, g_free);
  sets->uncommitted = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
_hone_sets_clear (HoneSets *sets)
{
  g_hash_table_unref (sets->by_id);
  g_hash_table_unref (sets->by_set);
  g_array_unref (sets->uncommitted);
  g_mutex_clear (&sets->mutex);
}

void
_hone_sets_commit (HoneSets *sets)
{
  g_array_set_size (sets->uncommitted, 0);
}

/* The numbers may be given to other sets later on. */
void
_hone_sets_rollback (HoneSets *sets)
{
  g_mutex_lock (&sets->mutex);
  for (guint i = 0; i < sets->uncommitted->len; i++)
    {
      gint64 id = g_array_index (sets->uncommitted, gint64, i);
      HoneCategorySet *set = g_hash_table_lookup (sets->by_id, &id);

      if (set != NULL)
        g_hash_table_remove (sets->by_set, set);
      g_hash_table_remove (sets->by_id, &id);
    }
  g_array_set_size (sets->uncommitted, 0);
  g_mutex_unlock (&sets->mutex);
}

static HoneCategorySet *
remember (HoneSets        *sets,
          gint64           id,
          HoneCategorySet *set)
{
  HoneCategorySet *known;

  g_mutex_lock (&sets->mutex);
  known = g_hash_table_lookup (sets->by_id, &id);
  if (known == NULL)
    {
      known = set;
      g_hash_table_insert (sets->by_id, dup_id (id), hone_category_set_ref (set));
      g_hash_table_insert (sets->by_set, hone_category_set_ref (set), dup_id (id));
    }
  g_mutex_unlock (&sets->mutex);

  return known;
}

static char *
to_string (const HoneCategorySet *set)
{
  GString *string = g_string_new (NULL);
  gsize n;
  const guint *ids = hone_category_set_get_ids (set, &n);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (string, "%s%u", i > 0 ? "," : "", ids[i]);
  return g_string_free (string, FALSE);
}

/* NULL for anything but numbers between commas. */
static HoneCategorySet *
from_string (const char *string)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint));

  while (*string != '\0')
    {
      char *end;
      guint64 id = g_ascii_strtoull (string, &end, 10);
      guint small = id;

      if (end == string || id == 0 || id > G_MAXUINT || (*end != ',' && *end != '\0'))
        return NULL;
      g_array_append_val (ids, small);
      string = *end == ',' ? end + 1 : end;
    }
  return hone_category_set_new ((const guint *) ids->data, ids->len);
}

gboolean
_hone_sets_get (HoneStore        *store,
                HoneDb           *db,
                gint64            id,
                HoneCategorySet **set,
                GError          **error)
{
  g_autofree char *string = NULL;
  g_autoptr(HoneCategorySet) made = NULL;

  *set = NULL;
  if (id == 0)
    return TRUE;
  g_mutex_lock (&store->sets.mutex);
  *set = g_hash_table_lookup (store->sets.by_id, &id);
  g_mutex_unlock (&store->sets.mutex);
  if (*set != NULL)
    return TRUE;

  if (!_hone_db_get_text (db, &string, error, "SELECT categories FROM category_set WHERE id = ?1", "i", id))
    return FALSE;
  made = string != NULL ? from_string (string) : NULL;
  if (made == NULL)
    {
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CORRUPT,
                   _("The project “%s” is damaged (no categories with the number %" G_GINT64_FORMAT ")"), store->path, id);
      return FALSE;
    }
  *set = remember (&store->sets, id, made);
  return TRUE;
}

gboolean
_hone_sets_find (HoneStore        *store,
                 HoneDb           *db,
                 HoneCategorySet  *set,
                 gint64           *id,
                 GError          **error)
{
  g_autofree char *string = NULL;
  gint64 *known;

  *id = 0;
  if (set == NULL)
    return TRUE;
  g_mutex_lock (&store->sets.mutex);
  known = g_hash_table_lookup (store->sets.by_set, set);
  if (known != NULL)
    *id = *known;
  g_mutex_unlock (&store->sets.mutex);
  if (*id != 0)
    return TRUE;

  string = to_string (set);
  if (!_hone_db_get_int (db, id, error, "SELECT id FROM category_set WHERE categories = ?1", "s", string))
    return FALSE;
  if (*id != 0)
    remember (&store->sets, *id, set);
  return TRUE;
}

gboolean
_hone_sets_intern (HoneStore        *store,
                   HoneDb           *db,
                   HoneCategorySet  *set,
                   gint64           *id,
                   GError          **error)
{
  g_autofree char *string = NULL;

  if (!_hone_sets_find (store, db, set, id, error))
    return FALSE;
  if (set == NULL || *id != 0)
    return TRUE;

  string = to_string (set);
  if (!_hone_db_run (db, error, "INSERT INTO category_set (categories) VALUES (?1)", "s", string))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->handle);
  remember (&store->sets, *id, set);
  g_array_append_val (store->sets.uncommitted, *id);
  return TRUE;
}
