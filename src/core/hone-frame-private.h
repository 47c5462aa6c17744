/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A tally made ready for counting: what the measures need of each cell is worked out once, then the counts may be
 * swapped a thousand times, as resampling does. For src/core alone. */
#pragma once

#include "hone-tally.h"

G_BEGIN_DECLS

typedef struct {
  gsize    n_common, n_reference, n_answer;     /* sizes of the sets; an abstention answers the empty set */
  gsize    first_hit;                           /* in hits: classes found, then wrongly given, then missed */
  guint    reference_set, answer_set;           /* numbers of whole sets; 0: abstained or out of set */
  gboolean equal;
} HoneFrameCell;

typedef struct {
  HoneFrameCell *cells;
  guint64       *counts;
  gsize          n_cells;
  guint         *hits;          /* class numbers */
  guint         *class_ids;     /* category id of each class number */
  gsize          n_classes;
  gsize          n_sets;
  guint64        n;
} HoneFrame;

/* What every measure of a tally is a function of. */
typedef struct {
  guint64  n, n_equal, n_overlapping;
  double   sum_of_marks, sum_of_jaccards;
  guint64 *found, *wrong, *missed;              /* TP, FP, FN of each class number */
  gsize    n_classes;
  guint64 *as_reference, *as_answer;            /* of each whole set */
  gsize    n_sets;
} HoneSums;

HoneFrame *_hone_frame_new   (HoneTally       *tally);
void       _hone_frame_free  (HoneFrame       *self);
HoneSums  *_hone_sums_new    (const HoneFrame *frame);
void       _hone_sums_free   (HoneSums        *self);
/* One count for each cell of the frame. */
void       _hone_sums_count  (HoneSums        *self,
                              const HoneFrame *frame,
                              const guint64   *counts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneFrame, _hone_frame_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneSums, _hone_sums_free)

G_END_DECLS
