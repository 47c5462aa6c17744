/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pool of reading connections: each call has one for itself, with one snapshot. */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "hone-store-private.h"

#define MAX_READERS 8

static HoneDb *
take_idle (HoneStore  *store,
           gboolean   *make,
           GError    **error)
{
  HoneDb *db = NULL;

  *make = FALSE;
  g_mutex_lock (&store->readers_mutex);
  while (!store->closed && (db = g_queue_pop_tail (&store->idle)) == NULL && store->n_readers >= MAX_READERS)
    g_cond_wait (&store->readers_cond, &store->readers_mutex);
  if (store->closed)
    g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_IO, _("The project “%s” is closed already"), store->path);
  else if (db == NULL)
    {
      store->n_readers++;
      *make = TRUE;
    }
  g_mutex_unlock (&store->readers_mutex);

  return db;
}

static void
give_back (HoneStore *store,
           HoneDb    *db)
{
  g_mutex_lock (&store->readers_mutex);
  if (db != NULL)
    g_queue_push_tail (&store->idle, db);
  else
    store->n_readers--;
  g_cond_broadcast (&store->readers_cond);
  g_mutex_unlock (&store->readers_mutex);
}

gboolean
_hone_read_begin (HoneRead      *read,
                  HoneStore     *store,
                  GCancellable  *cancellable,
                  GError       **error)
{
  gboolean make;
  HoneDb *db;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  db = take_idle (store, &make, error);
  if (db == NULL && !make)
    return FALSE;
  if (make && (db = _hone_db_open (store->path, HONE_DB_READ, error)) == NULL)
    {
      give_back (store, NULL);
      return FALSE;
    }

  read->store = store;
  read->db = db;
  db->cancellable = cancellable;
  return _hone_db_run (db, error, "BEGIN", "");
}

void
_hone_read_end (HoneRead *read)
{
  if (read->db == NULL)
    return;
  read->db->cancellable = NULL;
  _hone_db_settle (read->db);
  give_back (read->store, read->db);
  read->db = NULL;
}

void
_hone_readers_close (HoneStore *store)
{
  HoneDb *db;

  g_mutex_lock (&store->readers_mutex);
  store->closed = TRUE;
  g_cond_broadcast (&store->readers_cond);
  while (g_queue_get_length (&store->idle) < store->n_readers)
    g_cond_wait (&store->readers_cond, &store->readers_mutex);
  while ((db = g_queue_pop_tail (&store->idle)) != NULL)
    _hone_db_free (db);
  store->n_readers = 0;
  g_mutex_unlock (&store->readers_mutex);
}
