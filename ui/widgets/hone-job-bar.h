/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far some work is, with a button that stops it: at the foot of a dialog. Takes no room while nothing runs. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HONE_TYPE_JOB_BAR (hone_job_bar_get_type ())
G_DECLARE_FINAL_TYPE (HoneJobBar, hone_job_bar, HONE, JOB_BAR, AdwBin)

/* (transfer none): cancelled by the button; valid until the end of the work. */
GCancellable *hone_job_bar_begin       (HoneJobBar  *self,
                                        const char  *what);
/* @fraction: 0 to 1, NAN: not known. @what (nullable): now. Fits as a progress callback of jobs. */
void          hone_job_bar_tell        (double       fraction,
                                        const char  *what,
                                        gpointer     job_bar);
void          hone_job_bar_end         (HoneJobBar  *self);
gboolean      hone_job_bar_get_running (HoneJobBar  *self);
/* As the button does; nothing where nothing runs. */
void          hone_job_bar_cancel      (HoneJobBar  *self);

G_END_DECLS
