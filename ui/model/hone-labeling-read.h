/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What labeling reads from the project beside its queue. These functions block: for worker threads. */
#pragma once

#include "hone-example-item.h"

G_BEGIN_DECLS

/* A category and how sure the model was of it, 0 to 1. */
typedef struct {
  guint  category;
  double score;
} HoneRanked;

/* The text at hand as it is now, and what its labeler said of it. */
typedef struct {
  HoneExampleRow  *row;       /* (nullable): the text is gone */
  gboolean         decided;   /* the author has a label or a skip on it */
  HoneCategorySet *own;       /* (nullable): the author's label */
  char            *note;      /* (nullable): the author's */
  GArray          *ranked;    /* (nullable): of HoneRanked, the surest first: what the model thought possible */
} HoneLabelingDetails;
void                 hone_labeling_details_free (HoneLabelingDetails *self);
HoneLabelingDetails *hone_labeling_details_read (HoneStore           *store,
                                                 gint64               example_id,
                                                 gint64               iteration_id,   /* whose answer, 0: none */
                                                 const char          *author,
                                                 GError             **error);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneLabelingDetails, hone_labeling_details_free)

typedef struct {
  guint64  n_examples;
  guint64  n_known;      /* train texts without a label whose known answer is hidden */
  guint64  today;        /* texts that this author labelled since @since */
  gboolean uncertain;    /* the iteration has answers with a confidence */
  gboolean disagree;     /* newest iterations of different experiments answered the same texts */
} HoneLabelingSurvey;
HoneLabelingSurvey  *hone_labeling_survey_read  (HoneStore           *store,
                                                 gint64               iteration_id,
                                                 const char          *author,
                                                 gint64               since,          /* microseconds since 1970 UTC */
                                                 GError             **error);

G_END_DECLS
