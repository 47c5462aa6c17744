/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Between the two halves of the reader of plain JSON: opening a file, and its objects as records. */
#pragma once

#include "hone-json-columns.h"
#include "hone-reader-private.h"

G_BEGIN_DECLS

typedef struct {
  char           **texts;       /* (nullable): paths of members the user named */
  HoneJsonColumns *columns;     /* (nullable): {column: {row: value}} */
} HoneReadJsonState;

/* A member by name or path (a.b); case does not matter. */
HoneJson      *_hone_json_find_folded          (const HoneJson  *object,
                                                const char      *name);
HoneReadStatus _hone_read_json_object          (HoneReader      *self,
                                                const HoneJson  *value,
                                                HoneRecord     **record);
/* "a list", "an object": for messages. */
const char    *_hone_read_json_kind            (const HoneJson  *value);
/* Refuses for want of a text; frees what *record holds. */
HoneReadStatus _hone_read_json_refuse_textless (HoneReader      *self,
                                                HoneRecord     **record);

G_END_DECLS
