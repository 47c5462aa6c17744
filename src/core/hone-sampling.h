/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which examples to label next. Pure and seeded; the candidates come in ascending id. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  HONE_ORDER_RANDOM,
  HONE_ORDER_BALANCED,   /* the same number of each stratum, at random inside it */
  HONE_ORDER_UNCERTAIN,  /* least confidence first; those without a prediction after all others, at random */
} HoneSampleOrder;

typedef struct {
  gint64  id;
  guint64 stratum;       /* for BALANCED: category set of the known answer */
  double  confidence;    /* for UNCERTAIN: 0 to 1, NAN without a prediction */
} HoneCandidate;

/* Up to @n ids (gint64) in the order in which they should be labelled. */
GArray *hone_sample (const HoneCandidate *candidates,
                     gsize                n_candidates,
                     gsize                n,
                     HoneSampleOrder      order,
                     guint64              seed);

G_END_DECLS
