/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Categories from a file in the place of a project's. */
#pragma once

#include "store/hone-store.h"

G_BEGIN_DECLS

/* Errors: HONE_STORE_ERROR_CONFLICT where labels use a category that would go, HONE_ONTOLOGY_ERROR_*. Blocks on the store. */
gboolean hone_replace_ontology (HoneStore          *store,
                                const HoneOntology *from,
                                GError            **error);

G_END_DECLS
