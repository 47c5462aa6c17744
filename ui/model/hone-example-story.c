/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-example-story.h"

static void
story_answer_free (gpointer data)
{
  HoneStoryAnswer *self = data;

  g_clear_pointer (&self->iteration, hone_iteration_free);
  g_clear_pointer (&self->answer, hone_item_answer_free);
  g_free (self);
}

/**
 * hone_example_story_free:
 * @self: (transfer full): a story
 */
void
hone_example_story_free (HoneExampleStory *self)
{
  g_return_if_fail (self);

  g_clear_pointer (&self->example, hone_example_free);
  g_clear_pointer (&self->labels, g_ptr_array_unref);
  g_clear_pointer (&self->known, hone_category_set_unref);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_free (self);
}

/* ---- in a worker ---- */

static gboolean
keep_answer (gint64                iteration_id,
             const HonePrediction *prediction,
             gpointer              data,
             GError              **error)
{
  HoneStoryAnswer *answer = g_new0 (HoneStoryAnswer, 1);
  gint64 *id = g_new (gint64, 1);
  GHashTable *answers = data;

  *id = iteration_id;
  answer->answer = hone_item_answer_new (prediction, 0);
  g_hash_table_insert (answers, id, answer);
  return TRUE;
}

/* An experiment that was deleted does not speak here any more, although its answers can still be brought back. */
static gboolean
order_answers (HoneStore   *store,
               GHashTable  *found,
               GPtrArray   *answers,
               GError     **error)
{
  g_autoptr(GPtrArray) experiments = hone_store_list_experiments (store, error);

  for (guint i = 0; experiments && i < experiments->len; i++)
    {
      const HoneExperiment *experiment = g_ptr_array_index (experiments, i);
      g_autoptr(GPtrArray) iterations = hone_store_list_iterations (store, experiment->id, error);

      if (!iterations)
        return FALSE;
      g_ptr_array_set_free_func (iterations, NULL);
      for (guint n = iterations->len; n > 0; n--)
        {
          HoneIteration *iteration = g_ptr_array_index (iterations, n - 1);
          gpointer key, answer;

          if (!g_hash_table_steal_extended (found, &iteration->id, &key, &answer))
            {
              hone_iteration_free (iteration);
              continue;
            }
          g_free (key);
          ((HoneStoryAnswer *) answer)->iteration = iteration;
          g_ptr_array_add (answers, answer);
        }
    }
  return experiments != NULL;
}

static GPtrArray *
read_answers (HoneStore  *store,
              gint64      id,
              GError    **error)
{
  g_autoptr(GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, story_answer_free);
  g_autoptr(GPtrArray) answers = g_ptr_array_new_with_free_func (story_answer_free);

  if (!hone_store_each_prediction_of (store, id, keep_answer, found, error) || !order_answers (store, found, answers, error))
    return NULL;
  return g_steal_pointer (&answers);
}

static gpointer
read_story (HoneStore     *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const gint64 id = *(gint64 *) data;
  g_autoptr(HoneExampleStory) story = g_new0 (HoneExampleStory, 1);
  g_autoptr(GPtrArray) examples = hone_store_get_examples (store, &id, 1, error);
  g_autoptr(GError) local = NULL;

  if (!examples || !examples->len)
    return NULL;
  g_ptr_array_set_free_func (examples, NULL);
  story->example = g_ptr_array_index (examples, 0);
  story->labels = hone_store_list_labels (store, id, error);
  if (!story->labels)
    return NULL;
  story->known = hone_store_dup_known (store, id, &local);
  if (local)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
  story->answers = read_answers (store, id, error);
  return story->answers ? g_steal_pointer (&story) : NULL;
}

static gpointer
add_openings (HoneStore     *store,
              gpointer       data,
              GCancellable  *cancellable,
              GError       **error)
{
  const GArray *iterations = data;

  for (guint i = 0; i < iterations->len; i++)
    if (!hone_store_add_opening (store, g_array_index (iterations, gint64, i), "window", error))
      return NULL;
  return GINT_TO_POINTER (TRUE);
}

/* ---- on the main loop ---- */

static void
read_cb (GObject      *store,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  HoneExampleStory *story = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, story, story ? (GDestroyNotify) hone_example_story_free : NULL);
}

/**
 * hone_example_story_read_async:
 * @project: a project
 * @example_id: a text
 * @cancellable: (nullable): a cancellable
 * @callback: (nullable): on the main loop
 * @user_data: for @callback
 *
 * Reads all that is known about a text.
 */
void
hone_example_story_read_async (HoneProject         *project,
                               gint64               example_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HONE_IS_PROJECT (project));

  task = g_task_new (project, cancellable, callback, user_data);
  g_task_set_source_tag (task, hone_example_story_read_async);
  hone_store_call_async (hone_project_get_store (project), HONE_LANE_READ, read_story, g_memdup2 (&example_id, sizeof example_id), g_free,
                         (GDestroyNotify) hone_example_story_free, cancellable, read_cb, task);
}

/**
 * hone_example_story_read_finish:
 * @project: a project
 * @result: of reading
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Returns: (transfer full) (nullable): the story; %NULL without @error where the text is gone
 */
HoneExampleStory *
hone_example_story_read_finish (HoneProject   *project,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, project), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
open_cb (GObject      *store,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (hone_store_call_finish (HONE_STORE (store), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hone_example_story_open_async:
 * @project: a project that can be written
 * @story: of a text of the test split
 * @callback: (nullable): on the main loop
 * @user_data: for @callback
 *
 * Puts it on record, before it happens, that label and answers of a test text are shown together.
 */
void
hone_example_story_open_async (HoneProject            *project,
                               const HoneExampleStory *story,
                               GAsyncReadyCallback     callback,
                               gpointer                user_data)
{
  GArray *iterations = g_array_new (FALSE, FALSE, sizeof (gint64));
  GTask *task;

  g_return_if_fail (HONE_IS_PROJECT (project) && story);

  for (guint i = 0; i < story->answers->len; i++)
    g_array_append_val (iterations, ((HoneStoryAnswer *) g_ptr_array_index (story->answers, i))->iteration->id);
  task = g_task_new (project, NULL, callback, user_data);
  g_task_set_source_tag (task, hone_example_story_open_async);
  hone_store_call_async (hone_project_get_store (project), HONE_LANE_WRITE, add_openings, iterations, (GDestroyNotify) g_array_unref, NULL, NULL, open_cb, task);
}

/**
 * hone_example_story_open_finish:
 * @project: a project
 * @result: of putting it on record
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Returns: whether it is on record, so that it may be shown
 */
gboolean
hone_example_story_open_finish (HoneProject   *project,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, project), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
