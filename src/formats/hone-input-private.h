/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of an input: opened by hone-input-open.c, read by hone-input.c. */
#pragma once

#include "hone-encoding.h"
#include "hone-input.h"

G_BEGIN_DECLS

/* Read at a time. */
#define HONE_INPUT_BLOCK (128 * 1024)

struct _HoneInput {
  char             *path;
  HoneSourceStream *stream;      /* NULL: all bytes are in `kept` */
  GByteArray       *kept;        /* (nullable): first bytes, read ahead */
  gsize             kept_at;
  HoneEncoding      encoding;
  char             *encoding_name;
  gboolean          guessed;
  GIConv            converter;   /* (GIConv) -1: none */

  char             *raw;         /* bytes not decoded yet: a cut character, then a block */
  gsize             n_raw;
  gboolean          ended;       /* no more raw bytes */

  char             *buffer;
  gsize             start, end, size;   /* the window; one more byte is there for a NUL */
  guint64           line;
  guint64           offset;      /* of the window's first byte in the decoded text */
  gboolean          after_cr;    /* the byte stepped over last was CR: a LF that follows ends the same line */
  guint64           position;
  GError           *failure;     /* (nullable): met once, given for ever */
};

G_END_DECLS
