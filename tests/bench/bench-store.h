/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the parts of bench-store share. */
#pragma once

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "hone-store-experiments.h"
#include "hone-store-import.h"

#define CATEGORIES 8

static inline double
now (void)
{
  return g_get_monotonic_time () / 1e6;
}

static inline G_NORETURN void
fail (const GError *error)
{
  fprintf (stderr, "bench-store: %s\n", error != NULL ? error->message : "failed");
  exit (1);
}

static inline int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

static inline double
quantile (GArray *sorted,
          double  q)
{
  return sorted->len == 0 ? NAN : g_array_index (sorted, double, (guint) (q * (sorted->len - 1)));
}

/* Labels given at a human pace, or a page of 4 KiB written and synced at the same pace, on a thread; stopping prints how long each took. */
typedef struct _Waiter Waiter;
Waiter *waiter_start   (HoneStore  *store,
                        const char *probe_path);     /* (nullable): NULL gives labels */
void    waiter_stop    (Waiter     *self);

double peak_mib        (void);
int    run_pages       (const char *path);
int    run_predictions (const char *path,
                        int         n_iterations);
