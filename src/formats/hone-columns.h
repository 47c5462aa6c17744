/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which column or member is what: by the names that file-formats.md section 3 knows, or as the user said. */
#pragma once

#include "core/hone-ontology.h"
#include "hone-record.h"

G_BEGIN_DECLS

typedef enum {
  HONE_COLUMN_TEXT, HONE_COLUMN_LABEL, HONE_COLUMN_ID, HONE_COLUMN_SPLIT,
  /* Tables that Hone itself wrote. */
  HONE_COLUMN_AUTHOR, HONE_COLUMN_TIME, HONE_COLUMN_SKIPPED, HONE_COLUMN_PREDICTION, HONE_COLUMN_OUTCOME, HONE_COLUMN_CONFIDENCE,
  HONE_COLUMN_MODEL, HONE_COLUMN_META,
} HoneColumnRole;
#define HONE_N_COLUMN_ROLES (HONE_COLUMN_META + 1)

/* Names of a role, best first, NULL-terminated. */
const char * const *hone_column_names      (HoneColumnRole       role);
/* Place of the best known name among @cells, or -1. */
int                 hone_column_find       (const char * const  *cells,
                                            HoneColumnRole       role);
/* Place of the column that the user means: its name, else in any case, else its number from 1; or -1. */
int                 hone_column_find_asked (const char * const  *cells,
                                            const char          *asked);
/* A first record that is a header: no long and no numeric cell, and a known name among them. */
gboolean            hone_column_is_header  (const char * const  *cells);
gboolean            hone_column_is_number  (const char          *cell);

/* Words of a cell: a JSON list; one word; or several, joined by # | or ;, if all are known categories. NULL: none. */
char              **hone_column_words      (const char          *cell,
                                            const HoneOntology  *ontology);   /* (nullable) */

G_END_DECLS
