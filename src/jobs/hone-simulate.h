/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Simulated labeling: reveals known answers of train. */
#pragma once

#include "core/hone-sampling.h"
#include "hone-run-queue.h"

G_BEGIN_DECLS

typedef struct {
  guint64  revealed, left;      /* known answers revealed now, and still hidden */
  char    *message;             /* (nullable): what had to be done for the order, translated */
} HoneSimulateReport;
void     hone_simulate_report_free (HoneSimulateReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneSimulateReport, hone_simulate_report_free)

gboolean hone_sample_order_from_string (const char *string, HoneSampleOrder *order);   /* "random", "balanced", "uncertain" */

/* Fewer than @n where fewer are hidden. UNCERTAIN asks the newest trained iteration about train first where that was not done yet;
 * with no such iteration it goes at random and says so. Errors: NO_LABELS (no known answer is hidden), those of hone_predict (). */
void     hone_simulate_async       (HoneRunQueue         *queue,
                                    guint64               n,
                                    HoneSampleOrder       order,
                                    const char           *author,       /* (nullable): "simulated" */
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean hone_simulate_finish      (HoneRunQueue         *queue,
                                    GAsyncResult         *result,
                                    HoneSimulateReport  **report,       /* (out) (optional) */
                                    GError              **error);

G_END_DECLS
