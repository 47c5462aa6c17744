/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout of one delimited file: which columns it has and what they are. */
#pragma once

#include "hone-columns.h"
#include "hone-reader-private.h"

G_BEGIN_DECLS

typedef struct {
  char    **names;                        /* of all columns; numbers from 1 where there is no header */
  gsize     n_columns;
  gboolean  header;
  gboolean  guessed_text;                 /* no known name: the column of the longest cells */
  int      *texts;                        /* places, several are joined by newlines */
  gsize     n_texts;
  int       roles[HONE_N_COLUMN_ROLES];   /* place of each role, -1: none; TEXT: the first of texts */
  int      *scores;                       /* (nullable): for each column 1 where it holds the probability p_<KEY> */
} HoneTable;

/* Looks at the first @length bytes of @text, a delimited file. FALSE: a column that the user named is not there. */
gboolean hone_table_find  (HoneTable        *self,
                           HoneReader       *reader,
                           const char       *path,
                           const char       *text,
                           gsize             length,
                           char              delimiter,
                           GError          **error);
void     hone_table_clear (HoneTable        *self);

G_END_DECLS
