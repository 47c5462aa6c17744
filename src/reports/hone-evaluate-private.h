/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What scoring one iteration and scoring several have in common. For src/reports alone. */
#pragma once

#include "hone-compare.h"

G_BEGIN_DECLS

typedef struct {
  GArray *log_likelihood, *confidence;   /* of double */
  GArray *correct;                       /* of gboolean */
} HoneProbabilityLists;

void            _hone_probability_lists_init  (HoneProbabilityLists    *self);
void            _hone_probability_lists_clear (HoneProbabilityLists    *self);
void            _hone_probability_lists_add   (HoneProbabilityLists    *self,
                                               const HoneScoredExample *example);
gboolean        _hone_scored_is_right         (const HoneScoredExample *example);

/* Without scores yet; NO_PREDICTIONS where there can be none. */
HoneEvaluation *_hone_evaluation_new          (HoneStore               *store,
                                               gint64                   iteration_id,
                                               HoneSplit                split,
                                               GError                 **error);
/* Scores and matrix from what was counted. @n_resamples 0: no interval but those of proportions. */
void            _hone_evaluation_score        (HoneEvaluation          *self,
                                               HoneTally               *tally,
                                               HoneProbabilityLists    *probabilities,
                                               guint64                  seed,
                                               guint                    n_resamples);
/* FALSE with NO_LABELS, which says what was left out and why. */
gboolean        _hone_evaluation_refuse       (const HoneEvaluation    *self,
                                               HoneTally               *tally,
                                               GError                 **error);
/* Records an opening of test before anything of it is shown; without @what somebody else does. A project that cannot be written shows
 * its test split all the same, but the opening does not pass for recorded. */
gboolean        _hone_evaluation_open         (HoneEvaluation          *self,
                                               HoneStore               *store,
                                               const char              *what,     /* (nullable) */
                                               GError                 **error);
/* As the public ones; @what (nullable) is the word for the list of openings. Who wants the flips alone needs no resamples, which are most
 * of the work. */
HoneEvaluation *_hone_evaluate                (HoneStore               *store,
                                               gint64                   iteration_id,
                                               HoneSplit                split,
                                               const char              *what,
                                               GCancellable            *cancellable,
                                               GError                 **error);
HoneComparison *_hone_compare                 (HoneStore               *store,
                                               const gint64            *iteration_ids,
                                               gsize                    n_iterations,
                                               HoneSplit                split,
                                               guint                    n_resamples,
                                               const char              *what,
                                               GCancellable            *cancellable,
                                               GError                 **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HoneProbabilityLists, _hone_probability_lists_clear)

G_END_DECLS
