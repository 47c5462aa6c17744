/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the texts of a run directory. */
#pragma once

#include "hone-corpus.h"
#include "hone-engine-events.h"
#include "hone-engine-job.h"
#include "hone-engine-lines.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Adds train.jsonl; with @unlabelled also unlabelled.jsonl, which may be absent. */
HoneCorpus *hone_engine_texts_load  (const char           *directory,
                                     const HoneEngineJob  *job,
                                     gboolean              unlabelled,
                                     HoneEngineEvents     *events,       /* (nullable): knows when to stop */
                                     GError              **error);

/* One line of input.jsonl: @id and @text live with the parser. */
gboolean    hone_engine_texts_parse (JsonParser           *parser,
                                     const char           *line,
                                     gsize                 length,
                                     const char          **id,
                                     const char          **text,
                                     GError              **error);

/* Puts file and line before the message. */
void        hone_engine_texts_blame (const char            *name,
                                     const HoneEngineLines *lines,
                                     GError               **error);

G_END_DECLS
