/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Short texts in a row, each of which goes away when it is pressed: what a list is narrowed to. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef struct {
  int         id;
  const char *label;
} HoneChip;

/* Signal: "removed" (int id): the user does not want it any more; whoever owns the chips sets them anew. */
#define HONE_TYPE_CHIP_BAR (hone_chip_bar_get_type ())
G_DECLARE_FINAL_TYPE (HoneChipBar, hone_chip_bar, HONE, CHIP_BAR, GtkWidget)

GtkWidget *hone_chip_bar_new       (void);
void       hone_chip_bar_set_chips (HoneChipBar    *self,
                                    const HoneChip *chips,
                                    gsize           n_chips);

G_END_DECLS
