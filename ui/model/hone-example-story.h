/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All that a project knows about one text: labels with their history, and what each iteration answered. */
#pragma once

#include "hone-example-item.h"
#include "hone-project.h"

G_BEGIN_DECLS

typedef struct {
  HoneIteration  *iteration;
  HoneItemAnswer *answer;
} HoneStoryAnswer;

typedef struct {
  HoneExample     *example;
  GPtrArray       *labels;     /* of HoneLabel, oldest first, withdrawn ones too */
  HoneCategorySet *known;      /* (nullable): a known answer that is not revealed */
  GPtrArray       *answers;    /* of HoneStoryAnswer, those of one experiment together, the newest first */
} HoneExampleStory;
void              hone_example_story_free        (HoneExampleStory    *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneExampleStory, hone_example_story_free)

void              hone_example_story_read_async  (HoneProject         *project,
                                                  gint64               example_id,
                                                  GCancellable        *cancellable,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
/* NULL without error: the text is gone. */
HoneExampleStory *hone_example_story_read_finish (HoneProject         *project,
                                                  GAsyncResult        *result,
                                                  GError             **error);
/* Labels and answers of a test text are about to be shown together: puts that on record for the iterations in @story. */
void              hone_example_story_open_async  (HoneProject            *project,
                                                  const HoneExampleStory *story,
                                                  GAsyncReadyCallback     callback,
                                                  gpointer                user_data);
gboolean          hone_example_story_open_finish (HoneProject            *project,
                                                  GAsyncResult           *result,
                                                  GError                **error);

G_END_DECLS
