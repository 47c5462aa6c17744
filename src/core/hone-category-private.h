/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A category as an ontology owns it. For src/core alone. */
#pragma once

#include "hone-category.h"

G_BEGIN_DECLS

/* All texts of the copy are valid UTF-8. */
HoneCategory *_hone_category_copy         (const HoneCategory *category);
void          _hone_category_free         (gpointer            category);
void          _hone_category_append_alias (HoneCategory       *category,
                                           const char         *alias);
gboolean      _hone_category_key_is_valid (const char         *key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneCategory, _hone_category_free)

G_END_DECLS
