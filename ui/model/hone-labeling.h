/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labeling without a widget: a queue that does not shift under the labeler, the text at hand, decisions that are on disk before the
 * next text is shown, undo and redo without end. Lives on the main loop; nothing here blocks. */
#pragma once

#include "hone-labeling-log.h"
#include "hone-project.h"
#include "hone-selection.h"
#include "jobs/hone-simulate.h"

G_BEGIN_DECLS

typedef enum {
  HONE_LABELING_LOADING,
  HONE_LABELING_TEXT,            /* there is a text to label */
  HONE_LABELING_DONE,            /* every text of the queue has been decided on */
  HONE_LABELING_NOTHING_FITS,    /* no text fits the filter */
  HONE_LABELING_NO_TEXTS,        /* the project has none */
  HONE_LABELING_NO_CATEGORIES,
  HONE_LABELING_UNREADABLE,      /* the queue could not be read; “failed” has said why */
} HoneLabelingState;

typedef struct {
  guint64  today;        /* texts that this author labelled since midnight */
  double   per_minute;   /* decisions, NAN: too few to say */
  guint    position;     /* of the text in the queue, from 1; 0: it is not of the queue */
  guint    total;        /* texts in the queue */
  guint    left;         /* of them without a decision since the queue was made */
  guint    skipped;      /* in this session */
  gboolean complete;     /* total and left are known; else they still grow */
} HoneLabelingProgress;

/* Signals: "shown" (another text, or something about the one at hand), "progress" (counts, history, what can be undone, orders),
 * "failed" (GError *error). */
#define HONE_TYPE_LABELING (hone_labeling_get_type ())
G_DECLARE_FINAL_TYPE (HoneLabeling, hone_labeling, HONE, LABELING, GObject)

HoneLabeling      *hone_labeling_new                (HoneProject          *project,
                                                     HoneSelection        *selection);
/* Whether somebody looks; a queue that nobody looks at is not read. */
void               hone_labeling_set_live           (HoneLabeling         *self,
                                                     gboolean              live);
HoneProject       *hone_labeling_get_project        (HoneLabeling         *self);
HoneSelection     *hone_labeling_get_selection      (HoneLabeling         *self);

HoneLabelingState  hone_labeling_get_state          (HoneLabeling         *self);
HoneExampleItem   *hone_labeling_get_current        (HoneLabeling         *self);   /* (nullable) */
HoneCategorySet   *hone_labeling_get_chosen         (HoneLabeling         *self);   /* (nullable): what the buttons show */
const char        *hone_labeling_get_note           (HoneLabeling         *self);   /* (nullable): the author's own */
gboolean           hone_labeling_get_flag           (HoneLabeling         *self);
gboolean           hone_labeling_hides_answer       (HoneLabeling         *self);   /* blind, or a test text */
/* (nullable): what the chosen iteration answered; NULL also where that is hidden, or was not read yet. */
const HoneItemAnswer *hone_labeling_get_answer      (HoneLabeling         *self);
/* What a person reads of it: (transfer full), one line each. */
char              *hone_labeling_dup_answer_words   (HoneLabeling         *self);   /* “Model: Media 0.54 · Culture 0.41”; may be "" */
char              *hone_labeling_dup_text_words     (HoneLabeling         *self);   /* “Validation · labelled Culture · flagged”; may be "" */
char              *hone_labeling_dup_progress_words (HoneLabeling         *self);   /* “12 today · 8.1 per minute · 188 left” */
void               hone_labeling_get_progress       (HoneLabeling         *self,
                                                     HoneLabelingProgress *progress);
GListModel        *hone_labeling_get_history        (HoneLabeling         *self);   /* of HoneLabelingStep */

/* What is done while a write is under way is ignored: the text that it would be about has not been shown yet. */
void               hone_labeling_pick               (HoneLabeling         *self,    /* one: saved and next; several: toggled */
                                                     guint                 category);
void               hone_labeling_save               (HoneLabeling         *self);   /* several: what is chosen, and next */
void               hone_labeling_skip               (HoneLabeling         *self);
void               hone_labeling_toggle_flag        (HoneLabeling         *self);
void               hone_labeling_set_note           (HoneLabeling         *self,
                                                     const char           *note);
/* A decision that could not be written stays until one of these. */
gboolean           hone_labeling_has_failed         (HoneLabeling         *self);
void               hone_labeling_retry              (HoneLabeling         *self);
void               hone_labeling_discard            (HoneLabeling         *self);

gboolean           hone_labeling_can_undo           (HoneLabeling         *self);
gboolean           hone_labeling_can_redo           (HoneLabeling         *self);
void               hone_labeling_undo               (HoneLabeling         *self);
void               hone_labeling_redo               (HoneLabeling         *self);

void               hone_labeling_next               (HoneLabeling         *self);
void               hone_labeling_previous           (HoneLabeling         *self);
void               hone_labeling_show               (HoneLabeling         *self,
                                                     HoneExampleItem      *item);
void               hone_labeling_restart            (HoneLabeling         *self);   /* makes the queue anew, from its start */

gboolean           hone_labeling_get_blind          (HoneLabeling         *self);
void               hone_labeling_set_blind          (HoneLabeling         *self,
                                                     gboolean              blind);
/* Whether a label on a text that others have labelled settles it (a review), or is one more vote. */
gboolean           hone_labeling_get_review         (HoneLabeling         *self);
void               hone_labeling_set_review         (HoneLabeling         *self,
                                                     gboolean              review);
/* Whether only texts without a label are asked about; of no effect where the filter speaks of labels itself. */
gboolean           hone_labeling_get_only_open      (HoneLabeling         *self);
void               hone_labeling_set_only_open      (HoneLabeling         *self,
                                                     gboolean              only_open);
gboolean           hone_labeling_narrows            (HoneLabeling         *self);   /* only open texts, by that wish alone */
/* (nullable): why the texts cannot stand in this order now; NULL: they can. */
const char        *hone_labeling_explain_order      (HoneLabeling         *self,
                                                     HoneQueueOrder        order);

/* Known answers that are still hidden: simulated labeling is an action of its own. */
guint64            hone_labeling_count_known        (HoneLabeling         *self);
void               hone_labeling_reveal_async       (HoneLabeling         *self,
                                                     guint64               n,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean           hone_labeling_reveal_finish      (HoneLabeling         *self,
                                                     GAsyncResult         *result,
                                                     HoneSimulateReport  **report,   /* (out) (optional) */
                                                     GError              **error);

G_END_DECLS
