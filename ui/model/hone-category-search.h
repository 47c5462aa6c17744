/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds categories by what somebody types. */
#pragma once

#include "core/hone-ontology.h"

G_BEGIN_DECLS

/* Positions (guint) in display order of the categories in whose name, key or aliases each typed word occurs; those whose name begins
 * with what was typed come first. Everything for "". */
GArray *hone_category_search (const HoneOntology *ontology,
                              const char         *typed);

G_END_DECLS
