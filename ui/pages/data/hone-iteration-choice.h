/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row that lets one choose an iteration. */
#pragma once

#include <adwaita.h>

#include "model/hone-catalogue.h"

G_BEGIN_DECLS

/* @iterations: of HoneIteration, as hone_catalogue_get_iterations () gives them. @last (nullable): one more choice behind the iterations, with id 0. @chosen: id of an iteration, or 0: the newest. */
void   hone_iteration_choice_fill (AdwComboRow *row,
                                   GPtrArray   *iterations,
                                   const char  *last,
                                   gint64       chosen);
gint64 hone_iteration_choice_get  (AdwComboRow *row,
                                   GPtrArray   *iterations);

G_END_DECLS
