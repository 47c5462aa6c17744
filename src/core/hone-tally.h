/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scored examples counted by (reference label, outcome, answer): all that most measures need, whatever the number of examples. */
#pragma once

#include "hone-category-set.h"
#include "hone-types.h"

G_BEGIN_DECLS

typedef struct {
  HoneCategorySet *reference;
  HoneOutcome      outcome;    /* ANSWERED, ABSTAINED or OUT_OF_SET */
  HoneCategorySet *answer;     /* (nullable): with ANSWERED only */
  guint64          count;
} HoneTallyCell;

/* Examples of a split that are not in the score, by reason. */
typedef struct {
  guint64 unlabelled;   /* "no-label" */
  guint64 disputed;     /* "disputed" */
  guint64 failed;       /* "failed": the service or transport gave no answer */
  guint64 missing;      /* "missing": never asked */
  guint64 trained;      /* "trained": it or a near copy is in a training list of the model or an ancestor */
} HoneLeftOut;

typedef struct _HoneTally HoneTally;

HoneTally           *hone_tally_new       (void);
void                 hone_tally_free      (HoneTally       *self);
/* Adds @count (may be negative, to take back) to a cell; cells of count 0 vanish. */
void                 hone_tally_add       (HoneTally       *self,
                                           HoneCategorySet *reference,
                                           HoneOutcome      outcome,
                                           HoneCategorySet *answer,
                                           gint64           count);
const HoneTallyCell *hone_tally_get_cells (HoneTally       *self,   /* in a fixed order that depends on the contents alone */
                                           gsize           *n_cells);
guint64              hone_tally_get_n     (const HoneTally *self);
HoneLeftOut         *hone_tally_left_out  (HoneTally       *self);  /* (transfer none): read and write */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneTally, hone_tally_free)

G_END_DECLS
