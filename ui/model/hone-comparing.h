/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A comparison of the chosen iterations on validation that follows labels and the choice; one of them is the base of the others. */
#pragma once

#include "hone-iteration-set.h"
#include "reports/hone-compare.h"

G_BEGIN_DECLS

typedef enum {
  HONE_FLIP_FIXED,
  HONE_FLIP_BROKEN,
  HONE_FLIP_STILL_WRONG,
  HONE_FLIP_STILL_RIGHT,
} HoneFlipKind;
#define HONE_N_FLIPS (HONE_FLIP_STILL_RIGHT + 1)

/* Signals: "changed" (another comparison, base or pair, or none), "notify::loading". */
#define HONE_TYPE_COMPARING (hone_comparing_get_type ())
G_DECLARE_FINAL_TYPE (HoneComparing, hone_comparing, HONE, COMPARING, GObject)

HoneComparing        *hone_comparing_new            (HoneProject      *project,
                                                     HoneScoreboard   *scoreboard,
                                                     HoneIterationSet *set);
/* A comparison that nobody looks at is not made. */
void                  hone_comparing_set_live       (HoneComparing    *self,
                                                     gboolean          live);
gboolean              hone_comparing_get_loading    (HoneComparing    *self);
/* (nullable): fewer than two are chosen, none has been made yet, or it failed. Valid until “changed”. */
const HoneComparison *hone_comparing_get            (HoneComparing    *self);
const char           *hone_comparing_get_problem    (HoneComparing    *self);   /* (nullable): why there is none */
char                 *hone_comparing_dup_name       (HoneComparing    *self,
                                                     gsize             position);   /* “n-grams · 2” */

/* Positions in the comparison; where there is one, base and pair are different. */
gsize                 hone_comparing_get_base       (HoneComparing    *self);
void                  hone_comparing_set_base       (HoneComparing    *self,
                                                     gsize             position);
gsize                 hone_comparing_get_other      (HoneComparing    *self);
void                  hone_comparing_set_other      (HoneComparing    *self,
                                                     gsize             position);
guint64               hone_comparing_count_flips    (HoneComparing    *self,
                                                     HoneFlipKind      kind);
/* Makes @selection show these texts, with the answers of the other iteration. */
void                  hone_comparing_select_flips   (HoneComparing    *self,
                                                     HoneFlipKind      kind,
                                                     HoneSelection    *selection);

G_END_DECLS
