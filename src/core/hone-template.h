/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one object that renders texts for training, prediction and evaluation and reads answers back. Immutable. */
#pragma once

#include "hone-ontology.h"

G_BEGIN_DECLS

typedef struct _HoneTemplate HoneTemplate;

typedef struct {
  HoneOutcome      outcome;    /* never FAILED: a transport error is not an answer */
  HoneCategorySet *categories; /* (nullable): only with ANSWERED */
  char            *reason;     /* (nullable): stable word: "unable", "refusal"; "empty", "unknown", "ambiguous", "truncated" */
} HoneAnswer;

void          hone_answer_clear            (HoneAnswer          *answer);

/* Fields: any may be NULL, meaning empty. The text stands between @prefix and @suffix; the answer is followed by @stop. */
HoneTemplate *hone_template_new            (const char          *instruction,
                                            const char          *prefix,
                                            const char          *suffix,
                                            const char          *stop,
                                            gboolean             first_of_several);
HoneTemplate *hone_template_new_default    (void);   /* the text itself: what local methods use */
HoneTemplate *hone_template_ref            (HoneTemplate        *self);
void          hone_template_unref          (HoneTemplate        *self);
const char   *hone_template_get_instruction(const HoneTemplate  *self);
const char   *hone_template_get_prefix     (const HoneTemplate  *self);
const char   *hone_template_get_suffix     (const HoneTemplate  *self);
const char   *hone_template_get_stop       (const HoneTemplate  *self);
gboolean      hone_template_get_first_of_several (const HoneTemplate *self);
const char   *hone_template_get_hash       (const HoneTemplate  *self);  /* "sha256:…" over all fields and the parser's version */
/* One-line text form for the project file; from_string never aborts on rubbish. */
char         *hone_template_to_string      (const HoneTemplate  *self);
HoneTemplate *hone_template_from_string    (const char          *string,
                                            GError             **error);

char         *hone_template_render         (const HoneTemplate  *self,
                                            const char          *text);
/* What training data says for these categories; parse () reads exactly this back. JSON list for choice rule "several". */
char         *hone_template_render_answer  (const HoneTemplate  *self,
                                            const HoneOntology  *ontology,
                                            const HoneCategorySet *categories);
void          hone_template_parse          (const HoneTemplate  *self,
                                            const HoneOntology  *ontology,
                                            const char          *raw,
                                            HoneAnswer          *answer);  /* (out caller-allocates) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneTemplate, hone_template_unref)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HoneAnswer, hone_answer_clear)

G_END_DECLS
