/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which key gives which category. A category keeps its key for the life of a project: keys follow from its id, which never changes. */
#pragma once

#include "core/hone-ontology.h"

G_BEGIN_DECLS

/* 1–9, the letters that no command has, then Shift with those that one has. Above as many categories one types to find. */
#define HONE_N_LABEL_KEYS 35

/* One per category in display order, 0: none. A capital letter means Shift. */
gunichar *hone_label_keys_new   (const HoneOntology  *ontology);
/* Position of the category that has this key, G_MAXSIZE: none. */
gsize     hone_label_keys_find  (const gunichar      *keys,
                                 gsize                n_keys,
                                 gunichar             key);
/* May a person give this key to the category? NULL or "": yes, the automatic one. Errors: HONE_ONTOLOGY_ERROR_DUPLICATE, _RESERVED. */
gboolean  hone_label_key_check  (const HoneOntology  *ontology,
                                 guint                id,
                                 const char          *shortcut,
                                 GError             **error);
/* The categories with this key given, or with the automatic one. (transfer full) NULL: refused as above. */
HoneOntology *hone_label_key_assign (const HoneOntology *ontology,
                                 guint                id,
                                 const char          *shortcut,
                                 GError             **error);

G_END_DECLS
