/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the design as people read them, translated; the spellings of files and databases are in core. */
#pragma once

#include "core/hone-ontology.h"

G_BEGIN_DECLS

const char *hone_words_split      (HoneSplit              split);     /* “Train”, “Validation”, “Test” */
const char *hone_words_outcome    (HoneOutcome            outcome);   /* “Answered”, “Abstained”, “Out of set”, “Failed” */
const char *hone_words_origin     (HoneOrigin             origin);    /* “by hand”, “imported”, “simulated”, “review” */
/* “Sports, Money”; “skipped” for NULL is the caller's business. */
char       *hone_words_categories (const HoneOntology    *ontology,
                                   const HoneCategorySet *set);
char       *hone_words_time       (gint64                 time);      /* microseconds since 1970 UTC; local time, to the minute */
char       *hone_words_count      (guint64                n);         /* “1,204”: grouped as the locale has it */

G_END_DECLS
