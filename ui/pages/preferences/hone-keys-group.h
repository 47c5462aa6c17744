/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which key gives which category of a project. What is typed counts at once; what cannot be is refused in its row. */
#pragma once

#include <adwaita.h>

#include "model/hone-project.h"

G_BEGIN_DECLS

#define HONE_TYPE_KEYS_GROUP (hone_keys_group_get_type ())
G_DECLARE_FINAL_TYPE (HoneKeysGroup, hone_keys_group, HONE, KEYS_GROUP, AdwPreferencesGroup)

void hone_keys_group_set_project (HoneKeysGroup *self,
                                  HoneProject   *project);   /* (nullable) */

G_END_DECLS
