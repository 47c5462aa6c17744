/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scores and their intervals share with the single measures. For src/core alone. */
#pragma once

#include "hone-frame-private.h"
#include "hone-measures.h"

G_BEGIN_DECLS

#define HONE_CALIBRATION_BINS 10

/* NAN where undefined; not for log-loss and calibration error, which need probabilities. */
double _hone_sums_measure           (const HoneSums *self,
                                     HoneMeasure     measure);
/* Bin of the calibration error, 0 to 9. */
guint  _hone_calibration_bin        (double          confidence);
/* An answer that gave its reference no chance at all costs this much, not everything. */
double _hone_bounded_log_likelihood (double          log_likelihood);

G_END_DECLS
