/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From scores to probabilities and decisions: one sharpness for all categories, or a sigmoid for each. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Scores of texts that the model which gave them had not seen. */
typedef struct {
  gsize         n_texts;
  guint         n_categories;
  const double *scores;    /* n_texts × n_categories; -INFINITY: the model knew no text of the category */
  const guint8 *members;   /* n_texts × n_categories: 1 where the text is of the category */
  const double *weights;   /* n_texts */
} HoneHeldOutScores;

typedef struct {
  double slope;
  double intercept;
  double threshold;   /* of the probability: above it the category is answered */
} HoneSigmoid;

/* Choice rule one. Categories with score -INFINITY get probability @unseen each. */
void   hone_calibration_softmax   (const double            *scores,
                                   guint                    n_categories,
                                   double                   sharpness,
                                   double                   unseen,
                                   double                  *probabilities);
double hone_calibration_sharpness (const HoneHeldOutScores *held_out);

/* Choice rule several. */
double hone_calibration_sigmoid   (const HoneSigmoid       *sigmoid,
                                   double                   score);
void   hone_calibration_sigmoids  (const HoneHeldOutScores *held_out,
                                   HoneSigmoid             *sigmoids);

G_END_DECLS
