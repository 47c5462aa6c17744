/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How far a long work is: a bar on a terminal, a line now and then elsewhere. On standard error. */
#pragma once

#include "hone-cli.h"

G_BEGIN_DECLS

typedef struct _HoneCliProgress HoneCliProgress;

HoneCliProgress *hone_cli_progress_new    (HoneCli         *cli);
/* @fraction: 0 to 1, NAN where not known. @seconds_left: NAN where not known. */
void             hone_cli_progress_update (HoneCliProgress *self,
                                           double           fraction,
                                           const char      *what,
                                           double           seconds_left);
/* HoneJobsProgress; @data is the progress. */
void             hone_cli_progress_jobs   (double           fraction,
                                           const char      *what,
                                           gpointer         data);
/* Takes the bar away, so that something else can be printed. */
void             hone_cli_progress_clear  (HoneCliProgress *self);
void             hone_cli_progress_free   (HoneCliProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneCliProgress, hone_cli_progress_free)

G_END_DECLS
