/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a version of the ontology inside a transaction. */
#pragma once

#include "hone-store-private.h"

G_BEGIN_DECLS

gboolean         _hone_ontology_write       (HoneStore *self, HoneDb *db, const HoneOntology *ontology, GError **error);

G_END_DECLS
