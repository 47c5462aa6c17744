/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The texts of a filter as a GListModel of HoneExampleItem: ids alone (8 bytes each) are held and come progressively from a worker;
 * items are made on demand and filled when their page has been read. */
#pragma once

#include "hone-example-item.h"
#include "hone-project.h"

G_BEGIN_DECLS

#define HONE_EXAMPLE_LIST_PAGE 24   /* items that are read by one question, from a multiple of it on */

/* Properties, notified: "loading" (ids are still coming), "n-items". Signal: "failed" (const char *message). */
#define HONE_TYPE_EXAMPLE_LIST (hone_example_list_get_type ())
G_DECLARE_FINAL_TYPE (HoneExampleList, hone_example_list, HONE, EXAMPLE_LIST, GObject)

HoneExampleList *hone_example_list_new         (HoneProject          *project);
void             hone_example_list_set_query   (HoneExampleList      *self,
                                                const HoneFilter     *filter,
                                                HoneQueueOrder        order,
                                                gint64                iteration_id);   /* whose answers the items have; 0: none */
void             hone_example_list_set_live    (HoneExampleList      *self,
                                                gboolean              live);
gboolean         hone_example_list_get_loading (HoneExampleList      *self);
gint64           hone_example_list_get_id      (HoneExampleList      *self,
                                                guint                 position);
guint            hone_example_list_find        (HoneExampleList      *self,            /* G_MAXUINT: not in the list */
                                                gint64                id);

G_END_DECLS
