/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of a value tree: made by hone-json-parse.c, read by hone-json.c. */
#pragma once

#include "hone-json.h"

G_BEGIN_DECLS

/* Nobody nests records this deep; a limit keeps parser, printer and scanner on a small stack. */
#define HONE_JSON_MAX_DEPTH 512

struct _HoneJson {
  HoneJsonType type;
  gboolean     truth;
  gsize        size;           /* of arrays and objects */
  const char  *text;           /* strings, numbers as they were written; NULL for NaN and the infinities */
  const char  *name;           /* where it is a member */
  HoneJson    *children;
};

typedef struct _HoneJsonBlock HoneJsonBlock;
struct _HoneJsonBlock {
  HoneJsonBlock *next;
  gsize          used, size;
  HoneJson       nodes[];
};

typedef struct {
  HoneJson       root;         /* first: roots are freed through it */
  HoneJsonBlock *blocks;
  char          *strings;
  gboolean       lone_surrogate;
} HoneJsonDocument;

G_END_DECLS
