/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a training would do, before it does it. */
#pragma once

#include "hone-tune.h"

G_BEGIN_DECLS

typedef struct {
  gboolean  blocks;       /* an error: hone_tune () would refuse */
  char     *code;         /* stable word: "no-labels", "conflicts", … */
  char     *message;      /* translated */
} HonePlanProblem;

typedef struct {
  char         *experiment;
  int           number;             /* of the iteration that would be made */
  gboolean      is_new;             /* the experiment would be made, with iteration 0 */
  char         *method;             /* (nullable) */
  HoneOntology *ontology;
  guint64      *per_category;       /* labels of the list with the category; one for each of the ontology, in its order */
  guint64       n_labels;           /* in the list */
  guint64       n_unlabelled;       /* train texts that self-training may use; 0 without it */
  guint64       n_disputed;         /* labelled train texts that are not in the list, because their authors disagree */
  guint64       n_duplicates;       /* texts in the list that are a near copy of an earlier one in it */
  GArray       *kept_out;           /* of gint64: labelled train texts that are near copies of validation or test texts */
  GArray       *conflicts;          /* of gint64: texts in the list with a near copy in it that has another label */
  guint64       n_asked;            /* validation texts that it would be asked about */
  guint64       n_scored;           /* of these with a label */
  double        seconds;            /* that the training would take, by what others took on this computer; NAN: none did yet */
  GPtrArray    *problems;           /* of HonePlanProblem, errors first */
  GError       *refusal;            /* (nullable): what hone_tune () would say; the first of the errors among the problems */
} HoneTunePlan;
void          hone_tune_plan_free   (HoneTunePlan           *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneTunePlan, hone_tune_plan_free)

/* What is wrong with the options or the project is in the plan, not an error. Errors: HONE_STORE_ERROR_*, G_IO_ERROR_CANCELLED. The
 * plain form blocks on the store. */
HoneTunePlan *hone_tune_plan        (HoneStore              *store,
                                     const HoneTuneOptions  *options,
                                     GCancellable           *cancellable,
                                     GError                **error);
void          hone_tune_plan_async  (HoneStore              *store,
                                     const HoneTuneOptions  *options,     /* copied */
                                     GCancellable           *cancellable,
                                     GAsyncReadyCallback     callback,
                                     gpointer                user_data);
HoneTunePlan *hone_tune_plan_finish (HoneStore              *store,
                                     GAsyncResult           *result,
                                     GError                **error);

G_END_DECLS
