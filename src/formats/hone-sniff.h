/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first bytes of the first files, for guessing the format. */
#pragma once

#include "hone-reader-private.h"

G_BEGIN_DECLS

HoneSniff *hone_sniff_new  (GPtrArray           *sources,
                            const char          *encoding,
                            const HoneOntology  *ontology,
                            GError             **error);
void       hone_sniff_free (HoneSniff           *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneSniff, hone_sniff_free)

G_END_DECLS
