/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Categories while they are being edited: as typed, until they make an ontology. */
#pragma once

#include "core/hone-ontology.h"

G_BEGIN_DECLS

typedef enum {
  HONE_DRAFT_NAME,
  HONE_DRAFT_KEY,          /* empty: made from the name */
  HONE_DRAFT_DEFINITION,
  HONE_DRAFT_SHORTCUT,     /* one letter or digit */
  HONE_DRAFT_COLOR,        /* #RRGGBB */
  HONE_DRAFT_ALIASES,      /* other spellings, with semicolons between them */
} HoneDraftField;
#define HONE_N_DRAFT_FIELDS (HONE_DRAFT_ALIASES + 1)

typedef struct {
  guint  id;                              /* 0: a new category */
  char  *values[HONE_N_DRAFT_FIELDS];     /* never NULL */
} HoneCategoryDraft;

HoneCategoryDraft *hone_category_draft_new       (const HoneCategory *category);   /* (nullable): an empty one */
void               hone_category_draft_free      (HoneCategoryDraft  *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneCategoryDraft, hone_category_draft_free)

/* @drafts: of HoneCategoryDraft. @bad (out): which of them the error is about. */
HoneOntology      *hone_ontology_new_from_drafts (HoneChoice          choice,
                                                  const char         *instruction,
                                                  const GPtrArray    *drafts,
                                                  guint              *bad,
                                                  GError            **error);

G_END_DECLS
