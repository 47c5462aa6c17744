/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts that every write keeps up to date. */
#pragma once

#include "core/hone-reference.h"
#include "hone-store-private.h"

G_BEGIN_DECLS

typedef struct {
  HoneSplit          split;
  HoneReferenceState state;
  gint64             reference;   /* set id or 0 */
  gboolean           shown;
} HonePlace;
gboolean         _hone_place_get            (HoneDb *db, gint64 example, HonePlace *place, GError **error);
/* Example and confusion counts after an example went from one place to another. */
gboolean         _hone_place_move           (HoneDb *db, gint64 example, const HonePlace *from, const HonePlace *to, GError **error);
gboolean         _hone_count_add            (HoneDb *db, HoneSplit split, HoneReferenceState state, gint64 reference, gint64 n, GError **error);
/* Finds the reference label of an example anew from its labels and moves it. */
gboolean         _hone_reference_update     (HoneStore *self, HoneDb *db, gint64 example, GError **error);
/* The answer of one iteration to one example enters (@n 1) or leaves (@n -1) the confusion counts, if its split is counted that far. */
gboolean         _hone_confusion_count      (HoneDb *db, gint64 iteration, gint64 example, gint64 n, GError **error);
/* Finds the models that learnt from this example or a near copy: before it is counted in another split or with a new answer. */
gboolean         _hone_trained_find         (HoneDb *db, gint64 example, GError **error);
/* The answers to the examples of a split above @from up to @to enter the confusion counts; with those of the unfinished import whose first
 * example is @imported, if that is not 0. */
gboolean         _hone_confusion_add_range  (HoneDb *db, gint64 iteration, HoneSplit split, gint64 from, gint64 to, gint64 imported, GError **error);

G_END_DECLS
