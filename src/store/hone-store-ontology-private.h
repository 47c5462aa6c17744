/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing a version of the ontology inside a transaction. */
#pragma once

#include "hone-store-private.h"

G_BEGIN_DECLS

/* @work: to be carried out after the transaction, 0: none. */
gboolean         _hone_ontology_write       (HoneDb *db, const HoneOntology *ontology, gint64 *work, GError **error);

G_END_DECLS
