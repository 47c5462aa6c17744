/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One SQLite connection with its statements. For src/store alone; a connection is used by one thread at a time. */
#pragma once

#include <sqlite3.h>

#include <gio/gio.h>

#include "hone-store-error.h"

G_BEGIN_DECLS

typedef struct {
  sqlite3    *handle;
  char       *path;
  GHashTable *statements;   /* SQL text → sqlite3_stmt */
} HoneDb;

HoneDb       *_hone_db_open      (const char *path, int flags, GError **error);
void          _hone_db_free      (HoneDb *self);
/* Maps SQLite's last error to ours. Always FALSE. */
gboolean      _hone_db_fail      (HoneDb *self, GError **error);
/* Several statements without results. */
gboolean      _hone_db_script    (HoneDb *self, const char *sql, GError **error);
/* A cached statement with its parameters bound: i gint64, d double (NAN: NULL), s string (NULL: NULL), b pointer and gsize,
 * n NULL. Not to be used twice at the same time. */
sqlite3_stmt *_hone_db_query     (HoneDb *self, GError **error, const char *sql, const char *types, ...);
/* TRUE: a row is there. FALSE: the end (statement reset), or @error is set. */
gboolean      _hone_db_next      (HoneDb *self, sqlite3_stmt *statement, GError **error);
void          _hone_db_end       (sqlite3_stmt *statement);   /* leaves a query before its end */
/* One statement without result. */
gboolean      _hone_db_run       (HoneDb *self, GError **error, const char *sql, const char *types, ...);
/* The first column of the first row, or @otherwise; check @error. */
gint64        _hone_db_number    (HoneDb *self, gint64 otherwise, GError **error, const char *sql, const char *types, ...);
char         *_hone_db_dup_column(sqlite3_stmt *statement, int column);      /* text or NULL */
double        _hone_db_double    (sqlite3_stmt *statement, int column);      /* NAN for NULL */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneDb, _hone_db_free)

G_END_DECLS
