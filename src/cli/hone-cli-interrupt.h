/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SIGINT and SIGTERM: the first cancels what goes on, the second quits at once. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Call once at the start, on the main thread. */
void          hone_cli_interrupt_init       (void);
/* Cancelled on the main loop by the first signal. (transfer none) */
GCancellable *hone_cli_interrupt_cancellable (void);
/* Whether a signal has come, also where no main loop runs. Sets the error that says so. */
gboolean      hone_cli_interrupted          (GError **error);

G_END_DECLS
