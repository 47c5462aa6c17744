/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long trainings took on this computer, for estimates. Kept in the user's cache folder. Any thread. For src/jobs alone. */
#pragma once

#include "hone-work-private.h"

G_BEGIN_DECLS

/* @n_texts: labelled texts, and with self-training the unlabelled ones too. */
void    _hone_timing_add       (const HoneParameters *parameters,
                                guint64               n_texts,
                                double                seconds);
/* Seconds; NAN where nothing like it was trained here yet. */
double  _hone_timing_estimate  (const HoneParameters *parameters,
                                guint64               n_texts);

G_END_DECLS
