/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files often hold the answers to several questions (jobs, controls): which of them is the project's? For src/formats alone. */
#pragma once

#include "hone-reader-private.h"

G_BEGIN_DECLS

typedef struct _HoneChooser HoneChooser;

HoneChooser *_hone_chooser_new      (const HoneOntology *ontology);   /* (nullable) */
void         _hone_chooser_free     (HoneChooser        *self);
/* One answer to a question, as met in a first run over the file. */
void         _hone_chooser_add      (HoneChooser        *self,
                                     const char         *question,
                                     char * const       *words);      /* (nullable) */
/* The question whose answers the ontology knows most of; of equals, and without an ontology, the first one met. */
const char  *_hone_chooser_get      (HoneChooser        *self);       /* (nullable): none was met */
/* Whether the ontology knows some answer to it. */
gboolean     _hone_chooser_knows    (HoneChooser        *self,
                                     const char         *question);
/* For the preview: which one is read, and that there are others. Says nothing where there is one only. */
void         _hone_chooser_describe (HoneChooser        *self,
                                     HoneReader         *reader,
                                     const char         *chosen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneChooser, _hone_chooser_free)

G_END_DECLS
