/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checks before a training, for whoever wants to know before it starts. For src/jobs alone. */
#pragma once

#include "hone-tune.h"
#include "hone-work-private.h"

G_BEGIN_DECLS

/* Everything but the labels; fills in @parameters as far as it came. */
gboolean         _hone_tune_check       (HoneStore              *store,
                                         const HoneTuneOptions  *options,
                                         HoneParameters         *parameters,
                                         GError                **error);
gboolean         _hone_tune_check_labels (HoneStore             *store,
                                         GError                **error);
gboolean         _hone_tune_wants_self_training (const char     *settings);

HoneTuneOptions *_hone_tune_options_copy (const HoneTuneOptions *options);
void             _hone_tune_options_free (gpointer               options);

G_END_DECLS
