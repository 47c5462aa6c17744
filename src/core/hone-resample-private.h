/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Percentile intervals (Efron 1979). For src/core alone. */
#pragma once

#include "hone-measures-private.h"

G_BEGIN_DECLS

/* Sets low and high of every measure that comes from a frame. */
void _hone_resample_frame         (const HoneFrame         *frame,
                                   guint64                  seed,
                                   guint                    n_resamples,
                                   HoneEstimate            *measures);
/* Sets low and high of log-loss and calibration error. */
void _hone_resample_probabilities (const HoneProbabilities *probabilities,
                                   guint64                  seed,
                                   guint                    n_resamples,
                                   HoneEstimate            *log_loss,
                                   HoneEstimate            *calibration_error);

G_END_DECLS
