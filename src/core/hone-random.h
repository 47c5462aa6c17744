/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small seeded generator whose sequence never changes between releases, machines or libraries. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint64 state[4];
} HoneRandom;

void    hone_random_init     (HoneRandom *self,
                              guint64     seed);
void    hone_random_init_for (HoneRandom *self,   /* an independent stream for each purpose */
                              guint64     seed,
                              const char *purpose);
guint64 hone_random_next     (HoneRandom *self);
guint64 hone_random_below    (HoneRandom *self,   /* 0 … bound - 1, unbiased */
                              guint64     bound);
double  hone_random_unit     (HoneRandom *self);  /* [0, 1) */
guint64 hone_random_binomial (HoneRandom *self,   /* successes of n trials */
                              guint64     n,
                              double      p);
void    hone_random_shuffle  (HoneRandom *self,
                              gpointer    base,
                              gsize       n_items,
                              gsize       item_size);
guint64 hone_random_mix      (guint64     seed,   /* stateless: a well-mixed function of both; for random queue keys */
                              guint64     value);

G_END_DECLS
