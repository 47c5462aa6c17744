/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Unicode folding that stays linear for any input. For src/core alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean  _hone_fold_is_ascii   (const char *text,
                                 gsize       length);
/* NFKC, case folding, NFKC. Invalid bytes become blanks, invisible characters nothing. */
GString  *_hone_fold_unicode    (const char *text,
                                 gsize       length);

static inline gboolean
_hone_ascii_is_blank (guchar c)
{
  return c <= ' ' || c == 0x7f;
}

/* Blank in any script; control characters separate words as blanks do. */
static inline gboolean
_hone_unichar_is_blank (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_CONTROL;
}

G_END_DECLS
