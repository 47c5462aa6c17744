/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many texts a filter takes, of how many: kept right while the project changes. */
#pragma once

#include "hone-project.h"
#include "hone-selection.h"

G_BEGIN_DECLS

/* Signals: "changed" (both numbers are known or other ones), "failed" (const char *message). */
#define HONE_TYPE_EXAMPLE_COUNT (hone_example_count_get_type ())
G_DECLARE_FINAL_TYPE (HoneExampleCount, hone_example_count, HONE, EXAMPLE_COUNT, GObject)

HoneExampleCount *hone_example_count_new       (HoneProject       *project,
                                                HoneSelection     *selection);
gboolean          hone_example_count_get_known (HoneExampleCount  *self);
guint64           hone_example_count_get_shown (HoneExampleCount  *self);
guint64           hone_example_count_get_all   (HoneExampleCount  *self);
/* “1,204 of 10,000 texts”, “10,000 texts”, or “” while nothing is known. */
char             *hone_example_count_dup_words (HoneExampleCount  *self);

G_END_DECLS
