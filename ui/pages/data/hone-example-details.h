/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is known about the chosen text beside the list: the whole text, metadata, labels with their history, all answers. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"

G_BEGIN_DECLS

#define HONE_TYPE_EXAMPLE_DETAILS (hone_example_details_get_type ())
G_DECLARE_FINAL_TYPE (HoneExampleDetails, hone_example_details, HONE, EXAMPLE_DETAILS, AdwBin)

void hone_example_details_watch (HoneExampleDetails *self,
                                 HoneProject        *project);
/* @id: the one text that is chosen, 0 where @n_chosen is not 1. */
void hone_example_details_show  (HoneExampleDetails *self,
                                 gint64              id,
                                 guint64             n_chosen);

G_END_DECLS
