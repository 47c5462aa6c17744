/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Category sets as rows of the project file. */
#pragma once

#include "core/hone-category-set.h"
#include "hone-db-private.h"

G_BEGIN_DECLS

/* 0 with @error. NULL gives 0 without error. */
gint64           _hone_sets_intern          (HoneDb *db, HoneCategorySet *set, GError **error);
gint64           _hone_sets_find            (HoneDb *db, HoneCategorySet *set, GError **error);      /* 0: never seen */
HoneCategorySet *_hone_sets_get             (HoneDb *db, gint64 id, GError **error); /* (transfer full); NULL for 0 */

G_END_DECLS
