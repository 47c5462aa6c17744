/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the answer parser may see of an ontology. */
#pragma once

#include "hone-mentions-private.h"
#include "hone-ontology.h"

G_BEGIN_DECLS

/* Stands for UNABLE_TO_CLASSIFY among the category ids that are mentioned; no category has it. */
#define HONE_MENTION_UNABLE G_MAXUINT

HoneMentions *_hone_ontology_get_mentions (const HoneOntology *self);
guint         _hone_ontology_match_folded (const HoneOntology *self,   /* category id, 0: unknown */
                                           const char         *fold);
gboolean      _hone_category_fold_is_unable (const char *fold);

G_END_DECLS
