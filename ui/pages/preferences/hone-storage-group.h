/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The data folder: what lies there, and taking away what no project needs. Nothing goes that was not listed and agreed on. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define HONE_TYPE_STORAGE_GROUP (hone_storage_group_get_type ())
G_DECLARE_FINAL_TYPE (HoneStorageGroup, hone_storage_group, HONE, STORAGE_GROUP, AdwPreferencesGroup)

G_END_DECLS
