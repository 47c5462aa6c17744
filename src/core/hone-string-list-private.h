/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A JSON list of strings, the one piece of JSON that answers of models may hold. For src/core alone. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* NULL: @text is something else. */
GPtrArray *_hone_string_list_parse  (const char         *text);
char      *_hone_string_list_write  (const char * const *strings,
                                     gsize               n_strings);

G_END_DECLS
