/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Categories by typing: for projects that have more of them than there are keys. */
#pragma once

#include <adwaita.h>

#include "core/hone-ontology.h"

G_BEGIN_DECLS

/* Signals: "picked" (guint category), "confirmed" (): Enter where nothing was typed. */
#define HONE_TYPE_CATEGORY_FINDER (hone_category_finder_get_type ())
G_DECLARE_FINAL_TYPE (HoneCategoryFinder, hone_category_finder, HONE, CATEGORY_FINDER, GtkBox)

void     hone_category_finder_set_ontology (HoneCategoryFinder    *self,
                                            HoneOntology          *ontology);
void     hone_category_finder_show         (HoneCategoryFinder    *self,
                                            const HoneCategorySet *chosen);   /* (nullable) */
gboolean hone_category_finder_is_empty     (HoneCategoryFinder    *self);     /* nothing was typed */

G_END_DECLS
