/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulated labeling: known answers that an import brought become labels. */
#pragma once

#include <adwaita.h>

#include "model/hone-labeling.h"

G_BEGIN_DECLS

/* Signal: "revealed" (const char *words): what was done; the dialog closes by itself. */
#define HONE_TYPE_REVEAL_DIALOG (hone_reveal_dialog_get_type ())
G_DECLARE_FINAL_TYPE (HoneRevealDialog, hone_reveal_dialog, HONE, REVEAL_DIALOG, AdwWindow)

HoneRevealDialog *hone_reveal_dialog_new (GtkWindow    *parent,      /* (nullable) */
                                          HoneLabeling *labeling);

G_END_DECLS
