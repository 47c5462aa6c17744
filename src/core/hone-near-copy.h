/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Near copies (design guarantee 3): equal after NFKC, case folding, and each stretch of blanks and punctuation as one blank. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char    *hone_near_copy_fold (const char *text);
/* 64 bits of a fixed hash of the fold, the same on every machine; fast for ASCII. Equal for near copies; never 0. */
guint64  hone_near_copy_hash (const char *text);

G_END_DECLS
