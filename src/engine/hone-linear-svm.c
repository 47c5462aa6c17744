/* SPDX-License-Identifier: GPL-3.0-or-later */
/* L2-regularised squared-hinge SVM by dual coordinate descent (Hsieh et al. 2008), liblinear's. Its habits are
 * kept in here: it prints to standard output, where our events go, and shuffles with the C library's rand (). */
#include "config.h"

#include <linear.h>
#include <stdlib.h>
#include <string.h>

#include "hone-linear-svm.h"

/* A tenth of liblinear's own value for this solver: costs a tenth of the time more, and small sets, whose scores are
 * small, hear less of the solver's noise. Another tenth changes no figure any more. */
#define PRECISION 0.01

G_STATIC_ASSERT (sizeof (HoneNode) == sizeof (struct feature_node));
G_STATIC_ASSERT (G_STRUCT_OFFSET (HoneNode, index) == G_STRUCT_OFFSET (struct feature_node, index));
G_STATIC_ASSERT (G_STRUCT_OFFSET (HoneNode, value) == G_STRUCT_OFFSET (struct feature_node, value));

static void
print_nothing (const char *text)
{
}

/**
 * hone_linear_svm_fit:
 * @rows: (array length=n_rows): rows of a matrix, the same one twice where it shall count twice
 * @signs: (array length=n_rows): 1 inside the category, -1 outside
 * @n_rows: how many
 * @n_features: without the bias
 * @strength: C of the loss, above 0
 * @seed: for the order in which rows are visited
 * @weights: (out caller-allocates): @n_features + 1 numbers
 *
 * Fits one category against the rest. Same arguments, same bits.
 */
void
hone_linear_svm_fit (HoneNode    **rows,
                     const double *signs,
                     gsize         n_rows,
                     guint         n_features,
                     double        strength,
                     guint         seed,
                     double       *weights)
{
  struct parameter parameter = { .solver_type = L2R_L2LOSS_SVC_DUAL, .eps = PRECISION, .C = strength, .p = 0.1 };
  struct problem problem = { .l = (int) n_rows, .n = (int) n_features + 1, .y = (double *) signs,
                             .x = (struct feature_node **) (gpointer) rows, .bias = 1 };
  struct model *model;

  g_return_if_fail (n_rows <= G_MAXINT && n_features < G_MAXINT);

  set_print_string_function (print_nothing);
  srand (seed);
  model = train (&problem, &parameter);
  memcpy (weights, model->w, ((gsize) n_features + 1) * sizeof *weights);
  free_and_destroy_model (&model);
}
