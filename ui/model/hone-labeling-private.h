/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Insides of HoneLabeling: the object (hone-labeling.c), its queue (-queue.c), the text at hand (-text.c), and what is done with it
 * (-decide.c). */
#pragma once

#include "hone-example-list.h"
#include "hone-labeling-read.h"
#include "hone-labeling.h"

G_BEGIN_DECLS

typedef enum {
  HONE_WRITE_DO,
  HONE_WRITE_UNDO,
  HONE_WRITE_REDO,
} HoneWriteDirection;

struct _HoneLabeling {
  GObject              parent_instance;

  HoneProject         *project;
  HoneSelection       *selection;
  HoneExampleList     *list;          /* never live, so it stays as it is */
  HoneLabelingLog     *log;

  /* the queue */
  gboolean             live, stale;
  guint                restart;       /* source: the queue is to be made anew */
  gboolean             keep;          /* with the text at hand */
  gboolean             fresh;         /* the first ids of the new queue have not come */
  gboolean             moving;        /* the next open text is to be shown as soon as there is one */
  gboolean             unreadable;
  GCancellable        *counting;      /* (nullable) */
  guint                counted;       /* how long the queue is, while its ids are still coming; 0: not known */
  guint                seek;          /* where to look for it first */
  GHashTable          *passed;        /* example id -> whether it is in the list: decided on since the queue was made */
  GPtrArray           *held;          /* items of this page and the next, so that they are read before they are needed */
  guint                held_first, held_end;

  /* the text at hand */
  HoneExampleItem     *current;       /* (nullable) */
  guint                position;      /* in the list, G_MAXUINT: not there, or not found yet */
  gboolean             loaded;        /* its text was there when it was shown, or has come since */
  HoneLabelingDetails *details;       /* (nullable): not read yet */
  GCancellable        *reading;       /* of the details */
  HoneCategorySet     *chosen;        /* (nullable) */
  gboolean             touched;       /* several: chosen by the person, not read */
  char                *note;          /* (nullable) */
  gboolean             flag;

  /* what is being written */
  HoneLabelingStep    *pending;       /* (nullable): under way, or failed */
  HoneWriteDirection   direction;
  gboolean             busy;
  gboolean             telling;       /* the project is told of our own change */
  guint                tell;          /* source */

  /* around it */
  HoneLabelingSurvey  *survey;        /* (nullable): not read yet */
  GCancellable        *surveying;
  gboolean             in_survey;     /* a newer one is being read */
  gint64               day;           /* midnight of the survey */
  gboolean             blind, review, only_open;
};

void _hone_labeling_emit_shown    (HoneLabeling    *self);
void _hone_labeling_emit_progress (HoneLabeling    *self);
void _hone_labeling_emit_failed   (HoneLabeling    *self,
                                   const GError    *error);
void _hone_labeling_connect       (HoneLabeling    *self);
/* Shows the next open text, where one is wanted; finds the place of the one that is shown. */
void _hone_labeling_settle        (HoneLabeling    *self);
void _hone_labeling_set_current   (HoneLabeling    *self,
                                   HoneExampleItem *item,       /* (nullable) */
                                   guint            position);
guint _hone_labeling_count_passed (HoneLabeling    *self);
guint _hone_labeling_get_total    (HoneLabeling    *self);
/* Shows the next text that was not decided on. */
void _hone_labeling_go_on         (HoneLabeling    *self);
void _hone_labeling_survey        (HoneLabeling    *self);
void _hone_labeling_read_details  (HoneLabeling    *self);
void _hone_labeling_schedule      (HoneLabeling    *self,
                                   gboolean         keep);
gboolean _hone_labeling_is_today  (HoneLabeling    *self);
/* What is chosen before a person chooses. */
void _hone_labeling_reset_chosen  (HoneLabeling    *self);
void _hone_labeling_pass          (HoneLabeling    *self,
                                   gint64           id,
                                   gboolean         passed);

G_END_DECLS
