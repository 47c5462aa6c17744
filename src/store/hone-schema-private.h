/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of the project file and the way from older ones. */
#pragma once

#include "hone-db-private.h"

/* "Hone" in ASCII: tells file managers and file(1) what it is. */
#define HONE_APPLICATION_ID 0x486f6e65

int      _hone_schema_get_format (void);                            /* what this program writes */
gboolean _hone_schema_create     (HoneDb *db, GError **error);      /* in an empty file, inside one transaction */
/* Refuses foreign and newer files; @needs_migration tells of older ones. */
gboolean _hone_schema_check      (HoneDb *db, gboolean *needs_migration, GError **error);
/* Copies the file beside itself, then migrates in one transaction. */
gboolean _hone_schema_migrate    (HoneDb *db, GError **error);
