/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One category of an ontology. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint   id;           /* from 1, stable for the life of a project, never given to another category */
  char   *key;          /* WORLD_NEWS: letters, digits and _ of any script, no blanks */
  char   *name;         /* display name, never NULL: the key where no other is known */
  char   *definition;   /* (nullable) */
  char   *color;        /* (nullable): #RRGGBB */
  char   *shortcut;     /* (nullable): one key */
  char  **aliases;      /* (nullable): other spellings met in files */
} HoneCategory;

G_END_DECLS
