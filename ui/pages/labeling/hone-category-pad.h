/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The categories as buttons, each with its key. Places and keys stay while the texts change. */
#pragma once

#include <adwaita.h>

#include "core/hone-ontology.h"

G_BEGIN_DECLS

/* Signals: "picked" (guint category), "explain" (): a button was held down. */
#define HONE_TYPE_CATEGORY_PAD (hone_category_pad_get_type ())
G_DECLARE_FINAL_TYPE (HoneCategoryPad, hone_category_pad, HONE, CATEGORY_PAD, AdwBin)

void     hone_category_pad_set_ontology (HoneCategoryPad       *self,
                                         const HoneOntology    *ontology);
/* What the text has, and what the model says: (nullable) both. */
void     hone_category_pad_show         (HoneCategoryPad       *self,
                                         const HoneCategorySet *chosen,
                                         const HoneCategorySet *suggested);
/* Picks the category with this key; FALSE: there is none. A capital letter means Shift. */
gboolean hone_category_pad_press        (HoneCategoryPad       *self,
                                         gunichar               key);

G_END_DECLS
