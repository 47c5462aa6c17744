/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The result of a filter as a list for a window: ids alone, filled by a worker; the texts come when they are asked for. */
#pragma once

#include "hone-store-examples.h"

G_BEGIN_DECLS

#define HONE_TYPE_EXAMPLE_ITEM (hone_example_item_get_type ())
G_DECLARE_FINAL_TYPE (HoneExampleItem, hone_example_item, HONE, EXAMPLE_ITEM, GObject)

gint64             hone_example_item_get_id      (HoneExampleItem *self);
/* NULL until its page has arrived, which notifies “loaded”, and for good where the text is gone. */
const HoneExample *hone_example_item_get_example (HoneExampleItem *self);

#define HONE_TYPE_EXAMPLE_LIST (hone_example_list_get_type ())
G_DECLARE_FINAL_TYPE (HoneExampleList, hone_example_list, HONE, EXAMPLE_LIST, GObject)

HoneExampleList   *hone_example_list_new         (HoneStore        *store);
void               hone_example_list_set_query   (HoneExampleList  *self,
                                                  const HoneFilter *filter,
                                                  HoneQueueOrder    order);
gboolean           hone_example_list_get_filling (HoneExampleList  *self);
const GError      *hone_example_list_get_error   (HoneExampleList  *self);
gint64             hone_example_list_get_id      (HoneExampleList  *self,
                                                  guint             position);
void               hone_example_list_reload      (HoneExampleList  *self,
                                                  gint64            id);

G_END_DECLS
