/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place that calls liblinear. */
#pragma once

#include "hone-feature-matrix.h"

G_BEGIN_DECLS

/* The values of the rows' nodes are what is fitted. Not for two threads at once: liblinear draws from rand ().
 * weights has n_features + 1 places, the last for the bias. */
void hone_linear_svm_fit (HoneNode    **rows,
                          const double *signs,       /* 1 or -1 for each row; both must occur */
                          gsize         n_rows,
                          guint         n_features,
                          double        strength,    /* C: the larger, the closer to the data */
                          guint         seed,
                          double       *weights);

G_END_DECLS
