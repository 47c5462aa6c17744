/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The categories of one decision or answer: an immutable, reference-counted set of category ids.
 * Choice rule "one" uses sets of one. Thread-safe. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _HoneCategorySet HoneCategorySet;

HoneCategorySet *hone_category_set_new          (const guint           *ids,   /* any order, repeats dropped */
                                                 gsize                  n_ids);
HoneCategorySet *hone_category_set_new_single   (guint                  id);
HoneCategorySet *hone_category_set_ref          (HoneCategorySet       *self);
void             hone_category_set_unref        (HoneCategorySet       *self);
gsize            hone_category_set_get_size     (const HoneCategorySet *self);
const guint     *hone_category_set_get_ids      (const HoneCategorySet *self,  /* ascending */
                                                 gsize                 *n_ids);
gboolean         hone_category_set_contains     (const HoneCategorySet *self,
                                                 guint                  id);
gsize            hone_category_set_count_common (const HoneCategorySet *a,
                                                 const HoneCategorySet *b);
gboolean         hone_category_set_equal        (gconstpointer          a,     /* GEqualFunc; both non-NULL */
                                                 gconstpointer          b);
guint            hone_category_set_hash         (gconstpointer          self); /* GHashFunc */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneCategorySet, hone_category_set_unref)

G_END_DECLS
