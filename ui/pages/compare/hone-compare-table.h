/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Iterations as columns; measures, settings that differ, and categories as rows. */
#pragma once

#include <adwaita.h>

#include "model/hone-comparing.h"

G_BEGIN_DECLS

typedef enum {
  HONE_CLASS_F1,
  HONE_CLASS_IOU,
  HONE_CLASS_PRECISION,
  HONE_CLASS_RECALL,
} HoneClassMeasure;

#define HONE_TYPE_COMPARE_TABLE (hone_compare_table_get_type ())
G_DECLARE_FINAL_TYPE (HoneCompareTable, hone_compare_table, HONE, COMPARE_TABLE, GtkWidget)

/* What @comparing has now; nothing where it has nothing. */
void hone_compare_table_show (HoneCompareTable *self,
                              HoneComparing    *comparing,
                              HoneClassMeasure  measure);
/* All of it as lines of text with tabs, for other programs. (transfer full) */
char *hone_compare_table_dup_text (HoneCompareTable *self);

G_END_DECLS
