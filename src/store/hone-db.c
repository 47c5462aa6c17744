/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite connection with its statements. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdarg.h>

#include "hone-db-private.h"

gboolean
_hone_db_fail (HoneDb  *self,
               GError **error)
{
  int code = self->handle ? sqlite3_extended_errcode (self->handle) : SQLITE_CANTOPEN;
  const char *message = self->handle ? sqlite3_errmsg (self->handle) : sqlite3_errstr (code);

  if (error && *error)
    return FALSE;
  switch (code & 0xff)
    {
    case SQLITE_NOTADB:
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_FOREIGN, _("“%s” is not a Hone project"), self->path);
      break;
    case SQLITE_CORRUPT:
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_CORRUPT,
                   _("The project “%s” is damaged: %s; a copy of it may be restored"), self->path, message);
      break;
    case SQLITE_READONLY:
      if (code == SQLITE_READONLY_DBMOVED)
        g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_GONE,
                     _("The project “%s” was moved or removed while it was open"), self->path);
      else
        g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_READ_ONLY, _("The project “%s” cannot be written: %s"), self->path, message);
      break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_BUSY, _("Another program is writing the project “%s”"), self->path);
      break;
    case SQLITE_FULL:
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_IO,
                   _("The disk is full: the project “%s” could not be written and is as it was before"), self->path);
      break;
    default:
      g_set_error (error, HONE_STORE_ERROR, HONE_STORE_ERROR_IO, _("The project “%s” could not be read or written: %s (%d)"),
                   self->path, message, code);
    }
  return FALSE;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

HoneDb *
_hone_db_open (const char  *path,
               int          flags,
               GError     **error)
{
  g_autoptr(HoneDb) self = g_new0 (HoneDb, 1);

  self->path = g_strdup (path);
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
  if (sqlite3_open_v2 (path, &self->handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL) != SQLITE_OK)
    {
      _hone_db_fail (self, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, 5000);
  return g_steal_pointer (&self);
}

void
_hone_db_free (HoneDb *self)
{
  g_hash_table_unref (self->statements);
  sqlite3_close (self->handle);
  g_free (self->path);
  g_free (self);
}

gboolean
_hone_db_script (HoneDb      *self,
                 const char  *sql,
                 GError     **error)
{
  return sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK || _hone_db_fail (self, error);
}

static gboolean
bind (sqlite3_stmt *statement,
      const char   *types,
      va_list       args)
{
  int status = SQLITE_OK;

  for (int i = 0; types[i] && status == SQLITE_OK; i++)
    switch (types[i])
      {
      case 'i':
        status = sqlite3_bind_int64 (statement, i + 1, va_arg (args, gint64));
        break;
      case 'd':
        {
          double number = va_arg (args, double);

          status = isnan (number) ? sqlite3_bind_null (statement, i + 1) : sqlite3_bind_double (statement, i + 1, number);
        }
        break;
      case 's':
        status = sqlite3_bind_text (statement, i + 1, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
        break;
      case 'b':
        {
          gconstpointer data = va_arg (args, gconstpointer);

          status = sqlite3_bind_blob64 (statement, i + 1, data, va_arg (args, gsize), SQLITE_TRANSIENT);
        }
        break;
      case 'n':
        status = sqlite3_bind_null (statement, i + 1);
        break;
      default:
        g_assert_not_reached ();
      }
  return status == SQLITE_OK;
}

static sqlite3_stmt *
prepare (HoneDb      *self,
         GError     **error,
         const char  *sql,
         const char  *types,
         va_list      args)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (!statement)
    {
      if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
        {
          _hone_db_fail (self, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, g_strdup (sql), statement);
    }
  g_assert (!sqlite3_stmt_busy (statement));
  if (!bind (statement, types, args))
    {
      _hone_db_fail (self, error);
      return NULL;
    }
  return statement;
}

sqlite3_stmt *
_hone_db_query (HoneDb      *self,
                GError     **error,
                const char  *sql,
                const char  *types,
                ...)
{
  sqlite3_stmt *statement;
  va_list args;

  va_start (args, types);
  statement = prepare (self, error, sql, types, args);
  va_end (args);
  return statement;
}

void
_hone_db_end (sqlite3_stmt *statement)
{
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);   /* lets go of bound texts */
}

gboolean
_hone_db_next (HoneDb        *self,
               sqlite3_stmt  *statement,
               GError       **error)
{
  int status;

  if (!statement)
    return FALSE;
  status = sqlite3_step (statement);
  if (status == SQLITE_ROW)
    return TRUE;
  if (status != SQLITE_DONE)
    _hone_db_fail (self, error);
  _hone_db_end (statement);
  return FALSE;
}

static gboolean
run_statement (HoneDb        *self,
               sqlite3_stmt  *statement,
               GError       **error)
{
  int status;

  if (!statement)
    return FALSE;
  while ((status = sqlite3_step (statement)) == SQLITE_ROW)
    ;
  if (status != SQLITE_DONE)
    _hone_db_fail (self, error);
  _hone_db_end (statement);
  return status == SQLITE_DONE;
}

gboolean
_hone_db_run (HoneDb      *self,
              GError     **error,
              const char  *sql,
              const char  *types,
              ...)
{
  sqlite3_stmt *statement;
  va_list args;

  va_start (args, types);
  statement = prepare (self, error, sql, types, args);
  va_end (args);
  return run_statement (self, statement, error);
}

gint64
_hone_db_number (HoneDb      *self,
                 gint64       otherwise,
                 GError     **error,
                 const char  *sql,
                 const char  *types,
                 ...)
{
  sqlite3_stmt *statement;
  gint64 number = otherwise;
  va_list args;

  va_start (args, types);
  statement = prepare (self, error, sql, types, args);
  va_end (args);
  if (_hone_db_next (self, statement, error))
    {
      if (sqlite3_column_type (statement, 0) != SQLITE_NULL)
        number = sqlite3_column_int64 (statement, 0);
      _hone_db_end (statement);
    }
  return number;
}

char *
_hone_db_dup_column (sqlite3_stmt *statement,
                     int           column)
{
  return g_strdup ((const char *) sqlite3_column_text (statement, column));
}

double
_hone_db_double (sqlite3_stmt *statement,
                 int           column)
{
  return sqlite3_column_type (statement, column) == SQLITE_NULL ? NAN : sqlite3_column_double (statement, column);
}
