/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the settings of an Argilla 2 data set say of its questions and fields. For src/formats alone. */
#pragma once

#include "hone-reader-private.h"

G_BEGIN_DECLS

/* Whether it asks for one or several labels, and not for a rating, a ranking or a text. */
gboolean        _hone_argilla_question_is_labels (const HoneJson  *question);
const HoneJson *_hone_argilla_find_question      (const HoneJson  *settings,      /* (nullable) */
                                                  const char      *wanted);       /* (nullable): the first about labels */
/* NULL without @error: it has no categories. */
HoneOntology   *_hone_argilla_read_question      (const HoneJson  *settings,
                                                  const HoneJson  *question,
                                                  GError         **error);
/* Names of the text fields, as a comma list; NULL: none. */
char           *_hone_argilla_join_fields        (const HoneJson  *settings);     /* (nullable) */

G_END_DECLS
