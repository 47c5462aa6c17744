/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The filter of a selection as actions with states, and the menus that name them: for any pane that lets the user filter. */
#pragma once

#include "hone-catalogue.h"
#include "hone-selection.h"

G_BEGIN_DECLS

/* Actions that set a part of the filter, or drop it where it is set so already:
 * "split", "state", "outcome" (s, as in files), "agrees" (s: "right", "wrong"), "category" (i), "import" (x), "confidence" ((dd), -1: no
 * bound), "flagged", "near-copies", "conflicting", "known" (toggles); "iteration" (x) chooses whose answers are shown; "drop" (i) drops a
 * HoneFilterPart, "clear" drops all. */
GSimpleActionGroup *hone_filter_actions_new (HoneSelection      *selection);

#define HONE_FILTER_MENU_CATEGORIES 40   /* more do not fit into a menu */

/* What can be asked for, by actions of the group "filter". A pane that adds an action "more" to the group is asked there for
 * categories beyond the menu and for other ranges of confidence. */
GMenuModel         *hone_filter_menu_new    (const HoneOntology *ontology,
                                             HoneCatalogue      *catalogue,
                                             gboolean            iteration);   /* whether one is chosen */
/* Whose answers are shown: “filter.iteration”. */
GMenuModel         *hone_iteration_menu_new (HoneCatalogue      *catalogue);

G_END_DECLS
