/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of a prediction as bytes. */
#pragma once

#include "core/hone-types.h"

G_BEGIN_DECLS

/* Appends float32 little-endian. */
GBytes          *_hone_scores_pack          (const double *scores, gsize n);
double          *_hone_scores_unpack        (const void *blob, gsize size, gsize *n);

G_END_DECLS
