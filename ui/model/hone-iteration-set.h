/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Iterations that somebody chose to look at side by side. Until then, those of the experiment at hand. */
#pragma once

#include "hone-scoreboard.h"

G_BEGIN_DECLS

/* Signal: "changed": other iterations are chosen. */
#define HONE_TYPE_ITERATION_SET (hone_iteration_set_get_type ())
G_DECLARE_FINAL_TYPE (HoneIterationSet, hone_iteration_set, HONE, ITERATION_SET, GObject)

/* @n_first: how many of the experiment at hand are chosen at first, its newest ones. @scored: only what has scores can be chosen. */
HoneIterationSet *hone_iteration_set_new      (HoneScoreboard   *scoreboard,
                                               HoneSelection    *selection,
                                               gsize             n_first,
                                               gboolean          scored);
/* (transfer none) (element-type gint64), in the order of the scoreboard; valid until “changed”. */
const GArray     *hone_iteration_set_get_ids  (HoneIterationSet *self);
/* “n-grams@2”, as reports and the command line name them. */
GStrv             hone_iteration_set_dup_names (HoneIterationSet *self);
gboolean          hone_iteration_set_contains (HoneIterationSet *self,
                                               gint64            iteration_id);
gboolean          hone_iteration_set_allows   (HoneIterationSet *self,
                                               HoneIterationItem *item);
void              hone_iteration_set_choose   (HoneIterationSet *self,
                                               gint64            iteration_id,
                                               gboolean          chosen);

G_END_DECLS
