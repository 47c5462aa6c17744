/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Things to tick, in groups, below each other: which iterations, which parts. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct {
  gint64      id;
  const char *group;       /* (nullable): a heading stands above the first of a group */
  const char *label;
  const char *value;       /* (nullable): at the end of the line */
  gboolean    checked;
  gboolean    sensitive;
} HoneCheck;

/* Signal: "toggled" (gint64 id, gboolean checked) by the user; whoever owns the checks sets them anew. */
#define HONE_TYPE_CHECK_LIST (hone_check_list_get_type ())
G_DECLARE_FINAL_TYPE (HoneCheckList, hone_check_list, HONE, CHECK_LIST, GtkWidget)

/* Lines that stay keep their widgets, and with them the focus. */
void hone_check_list_set (HoneCheckList   *self,
                          const HoneCheck *checks,
                          gsize            n_checks);

G_END_DECLS
