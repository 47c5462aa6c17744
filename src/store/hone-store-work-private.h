/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of many examples. */
#pragma once

#include "hone-store-private.h"

G_BEGIN_DECLS

/* Up to so many examples a change is one short transaction, above it a work. */
#define HONE_WORK_SHORT 100

/* What happens to each example; in the file, so never change a number. */
typedef enum {
  HONE_WORK_HIDE = 1,         /* its items; subject: the deletion */
  HONE_WORK_SPLIT = 2,        /* its items get the split of their value; subject: where it comes from (split_origin) */
  HONE_WORK_REVEAL = 3,       /* known answers of its items become labels; subject: the author, detail: the time */
  HONE_WORK_HIDE_IMPORT = 4,  /* subject: the import */
  HONE_WORK_SHOW = 5,         /* subject: what `hidden` is: a deletion, or an import times -1 */
  HONE_WORK_LABELS = 6,       /* examples that labels of an import fell on refer anew; subject: the import */
  HONE_WORK_CONFLICTING = 7,  /* examples whose labels differ refer anew */
  HONE_WORK_DISAGREE = 8,     /* how far models disagree; subject: the split */
} HoneWorkKind;

/* A work with items is prepared first, in slices: begun, filled, and decided in one short transaction or dropped. */
gint64           _hone_work_begin           (HoneDb *db, HoneWorkKind kind, gint64 subject, gint64 detail, GError **error);
gboolean         _hone_work_add             (HoneDb *db, gint64 work, gint64 example, gint64 value, GError **error);
gboolean         _hone_work_approve         (HoneDb *db, gint64 work, gint64 subject, GError **error);
/* One without items is begun and decided at once; 0 with @error. */
gint64           _hone_work_decide          (HoneDb *db, HoneWorkKind kind, gint64 subject, gint64 detail, GError **error);
/* In slices. What an error or a kill interrupts goes on at the next open. */
gboolean         _hone_work_carry_out       (HoneStore *self, gint64 work, GError **error);
/* Forgets one that was never decided. */
void             _hone_work_drop            (HoneStore *self, gint64 work);
/* At open: carries out what was decided, drops the rest. */
gboolean         _hone_work_resume          (HoneStore *self, GError **error);

/* `split_origin`: where a role comes from. */
enum { HONE_SPLIT_BY_DEFAULT, HONE_SPLIT_GIVEN, HONE_SPLIT_DEALT };

/* What a work does to one example, for those that are short enough to do it at once. */
gboolean         _hone_example_hide         (HoneStore *self, HoneDb *db, gint64 example, gint64 hidden, GError **error);
gboolean         _hone_example_set_split    (HoneStore *self, HoneDb *db, gint64 example, HoneSplit split, int origin, GError **error);
gboolean         _hone_known_reveal         (HoneStore *self, HoneDb *db, gint64 example, gint64 author, gint64 time, GError **error);

G_END_DECLS
