/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the categories mean, with their keys. */
#pragma once

#include <adwaita.h>

#include "core/hone-ontology.h"

G_BEGIN_DECLS

/* (transfer floating): a popover, to be given a parent, popped up, and unparented. */
GtkWidget *hone_definitions_popover_new (const HoneOntology *ontology);

G_END_DECLS
