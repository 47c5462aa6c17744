/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of YAML that cards of data sets and models use, turned into a value tree. For src/formats alone. */
#pragma once

#include "hone-json.h"

G_BEGIN_DECLS

/* Mappings and lists, by indentation or in braces, quoted and plain scalars, block scalars; no anchors, tags or documents.
 * All scalars become strings but null and ~. NULL with @error where it is something else. */
HoneJson *_hone_yaml_parse     (const char  *text,
                                GError     **error);
/* The front matter of a card: what stands between "---" lines at the start. NULL without error where there is none. */
HoneJson *_hone_card_parse     (const char  *text,
                                GError     **error);
/* A scalar for a front matter, quoted where YAML would read something else. */
void      _hone_yaml_print     (GString     *out,
                                const char  *scalar);

G_END_DECLS
