/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Can the model of an iteration be asked? For src/jobs alone. */
#pragma once

#include "store/hone-store-experiments.h"

G_BEGIN_DECLS

gboolean _hone_model_check (HoneStore           *store,
                            const HoneIteration *iteration,
                            GError             **error);

G_END_DECLS
