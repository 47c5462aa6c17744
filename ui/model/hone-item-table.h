/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The items of a list that somebody holds, by position. They are not owned: one that nobody holds any more leaves the table. */
#pragma once

#include "hone-example-item.h"

G_BEGIN_DECLS

typedef struct _HoneItemTable HoneItemTable;

HoneItemTable   *hone_item_table_new    (void);
void             hone_item_table_free   (HoneItemTable   *self);
void             hone_item_table_clear  (HoneItemTable   *self);
void             hone_item_table_add    (HoneItemTable   *self,
                                         guint            position,   /* free so far */
                                         HoneExampleItem *item);
HoneExampleItem *hone_item_table_lookup (HoneItemTable   *self,       /* (nullable) */
                                         guint            position);
GArray          *hone_item_table_list   (HoneItemTable   *self);      /* (transfer full): positions (guint) in no order */
/* As items-changed: @removed items from @position on leave, those behind them move to make room for @added. */
void             hone_item_table_splice (HoneItemTable   *self,
                                         guint            position,
                                         guint            removed,
                                         guint            added);

G_END_DECLS
