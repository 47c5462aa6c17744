/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tally laid out flat, so that all measures of a resample cost one pass over its cells. */
#pragma once

#include "hone-measures.h"

typedef struct {
  HoneTally           *tally;       /* borrowed */
  const HoneTallyCell *cells;
  gsize                n_cells;
  guint64             *counts;      /* of the tally itself, per cell */
  guint                n_ids;       /* greatest category id + 1 */
  guint               *reference;   /* per cell: number of its reference set, for kappa */
  guint               *answer;      /* per cell: number of its answer; the last one stands for abstained and out-of-set */
  guint                n_sets;
  guint               *common;      /* per cell: size of the intersection */
  guint64             *tp, *fp, *fn;        /* scratch, n_ids each: filled by hone_flat_tally_measure () */
  double              *of_reference, *of_answer;   /* scratch, n_sets each */
} HoneFlatTally;

HoneFlatTally *hone_flat_tally_new     (HoneTally      *tally);
void           hone_flat_tally_free    (HoneFlatTally  *self);
/* Fills all measures of a tally and leaves tp, fp, fn behind. Log-loss and calibration error are NAN. */
void           hone_flat_tally_measure (HoneFlatTally  *self,
                                        const guint64  *counts,
                                        double          values[HONE_N_MEASURES]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneFlatTally, hone_flat_tally_free)
