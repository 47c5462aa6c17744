/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue: which text comes next, and when the queue is made anew. */
#include "config.h"

#include "hone-labeling-private.h"

#define PAGE_SIZE (2 * HONE_EXAMPLE_LIST_PAGE)   /* whole pages of the list: one that is held in part would be read again */

static gboolean
is_passed (HoneLabeling *self,
           gint64        id)
{
  return g_hash_table_contains (self->passed, &id);
}

void
_hone_labeling_pass (HoneLabeling *self,
                     gint64        id,
                     gboolean      passed)
{
  gboolean listed = hone_example_list_get_id (self->list, self->position) == id ||
                    hone_example_list_find (self->list, id) != G_MAXUINT;

  if (passed)
    g_hash_table_insert (self->passed, g_memdup2 (&id, sizeof id), GINT_TO_POINTER (listed));
  else
    g_hash_table_remove (self->passed, &id);
}

guint
_hone_labeling_count_passed (HoneLabeling *self)
{
  GHashTableIter iter;
  gpointer listed;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->passed);
  while (g_hash_table_iter_next (&iter, NULL, &listed))
    n += GPOINTER_TO_INT (listed);
  return n;
}

/* Which of the passed ones the new queue still has. */
static void
recount_passed (HoneLabeling *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  GHashTableIter iter;

  if (!g_hash_table_size (self->passed))
    return;
  g_hash_table_iter_init (&iter, self->passed);
  while (g_hash_table_iter_next (&iter, NULL, NULL))
    g_hash_table_iter_replace (&iter, GINT_TO_POINTER (FALSE));
  for (guint i = 0; i < n; i++)
    {
      gint64 id = hone_example_list_get_id (self->list, i);

      if (is_passed (self, id))
        g_hash_table_insert (self->passed, g_memdup2 (&id, sizeof id), GINT_TO_POINTER (TRUE));
    }
}

/* The first text that was not passed in [from, to), G_MAXUINT: none. */
static guint
find_open (HoneLabeling *self,
           guint         from,
           guint         to)
{
  for (guint i = from; i < to; i++)
    if (!is_passed (self, hone_example_list_get_id (self->list, i)))
      return i;
  return G_MAXUINT;
}

/* An item that is held is read, and all held items of a page by one question. So this page and the next are held as wholes, and the
 * labeler never waits for a text. */
static void
hold_pages (HoneLabeling *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint first = self->position - self->position % PAGE_SIZE;
  guint end = MIN (n, first + 2 * PAGE_SIZE);
  g_autoptr(GPtrArray) before = NULL;

  if (self->held_first == first && self->held_end == end)
    return;
  before = g_steal_pointer (&self->held);
  self->held = g_ptr_array_new_full (end - first, g_object_unref);
  self->held_first = first;
  self->held_end = end;
  for (guint i = first; i < end; i++)
    g_ptr_array_add (self->held, g_list_model_get_item (G_LIST_MODEL (self->list), i));
}

static void
let_go (HoneLabeling *self)
{
  g_ptr_array_set_size (self->held, 0);
  self->held_first = self->held_end = 0;
}

static void
go_to (HoneLabeling *self,
       guint         position)
{
  g_autoptr(HoneExampleItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);

  self->moving = FALSE;
  _hone_labeling_set_current (self, item, position);
  hold_pages (self);
}

/* Shows the next open text, where one is wanted; finds the place of the one that is shown. */
void
_hone_labeling_settle (HoneLabeling *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  guint position;

  if (self->fresh || self->busy)
    return;
  if (self->current && (!self->moving || self->pending))
    {
      if (self->position == G_MAXUINT)
        self->position = hone_example_list_find (self->list, hone_example_item_get_id (self->current));
      if (self->position != G_MAXUINT)
        hold_pages (self);
      return;
    }
  position = find_open (self, self->seek, n);
  if (position == G_MAXUINT && !hone_example_list_get_loading (self->list))
    position = find_open (self, 0, MIN (self->seek, n));
  if (position != G_MAXUINT)
    go_to (self, position);
  else if (self->current)
    _hone_labeling_set_current (self, NULL, G_MAXUINT);
}

void
_hone_labeling_go_on (HoneLabeling *self)
{
  self->moving = TRUE;
  self->seek = self->position == G_MAXUINT ? 0 : self->position + 1;
  _hone_labeling_settle (self);
}

static void
on_items_changed (HoneLabeling *self)
{
  if (self->restart)
    return;
  if (self->fresh)
    let_go (self);        /* items of the old queue */
  self->fresh = FALSE;
  _hone_labeling_settle (self);
}

static void
on_list_loading (HoneLabeling *self)
{
  if (self->restart || hone_example_list_get_loading (self->list))
    return;
  self->fresh = FALSE;
  self->counted = 0;     /* the list knows by now; it may be shorter when it is read again */
  recount_passed (self);
  _hone_labeling_settle (self);
  _hone_labeling_emit_progress (self);
  if (!self->current)
    _hone_labeling_emit_shown (self);
}

static void
on_list_failed (HoneLabeling *self,
                const char   *message)
{
  g_autoptr(GError) error = g_error_new_literal (HONE_STORE_ERROR, HONE_STORE_ERROR_IO, message);

  self->unreadable = !self->current;
  _hone_labeling_emit_failed (self, error);
  _hone_labeling_emit_shown (self);
}

/* ---- how long it is ---- */

static gpointer
count (HoneStore     *store,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  guint64 n = hone_store_count (store, data, cancellable, error);

  return n == G_MAXUINT64 ? NULL : g_memdup2 (&n, sizeof n);
}

static void
count_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HoneLabeling) self = user_data;
  g_autofree guint64 *n = hone_store_call_finish (HONE_STORE (store), result, NULL);   /* the list says what is wrong */

  if (!n || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))) || !hone_example_list_get_loading (self->list))
    return;
  self->counted = MIN (*n, G_MAXUINT);
  _hone_labeling_emit_progress (self);
}

/* A long queue is counted sooner than its ids have come. Orders that leave texts out are not counted. */
static void
start_count (HoneLabeling     *self,
             const HoneFilter *filter,
             HoneQueueOrder    order)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counted = 0;
  if (order != HONE_QUEUE_IMPORTED && order != HONE_QUEUE_RANDOM)
    return;
  self->counting = g_cancellable_new ();
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, count, hone_filter_copy (filter),
                         (GDestroyNotify) hone_filter_free, g_free, self->counting, count_cb, g_object_ref (self));
}

guint
_hone_labeling_get_total (HoneLabeling *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->list));

  if (self->fresh)
    return 0;
  return hone_example_list_get_loading (self->list) ? MAX (n, self->counted) : n;
}

/* ---- making it anew ---- */

static gboolean
restart_cb (gpointer data)
{
  HoneLabeling *self = data;
  g_autoptr(HoneFilter) filter = hone_filter_copy (hone_selection_get_filter (self->selection));
  HoneQueueOrder order = hone_selection_get_order (self->selection);
  gint64 iteration = hone_selection_get_iteration (self->selection);

  self->restart = 0;
  self->stale = FALSE;
  self->unreadable = FALSE;
  if (!self->keep)
    g_hash_table_remove_all (self->passed);
  if (hone_labeling_narrows (self))
    filter->reference_state = HONE_REFERENCE_NONE;
  if (order == HONE_QUEUE_UNCERTAIN && !iteration)
    order = HONE_QUEUE_IMPORTED;
  if (order == HONE_QUEUE_UNCERTAIN)
    filter->iteration_id = iteration;
  self->moving = !self->keep || !self->current;
  self->position = G_MAXUINT;
  self->seek = 0;
  let_go (self);
  hone_example_list_set_query (self->list, filter, order, iteration);
  start_count (self, filter, order);
  _hone_labeling_survey (self);
  _hone_labeling_read_details (self);
  return G_SOURCE_REMOVE;
}

/* Several reasons to make the queue anew often come together. */
void
_hone_labeling_schedule (HoneLabeling *self,
                         gboolean      keep)
{
  self->keep = keep && (self->keep || !(self->restart || self->stale));
  self->fresh = TRUE;
  if (!self->live)
    self->stale = TRUE;
  else if (!self->restart)
    self->restart = g_idle_add_full (G_PRIORITY_DEFAULT, restart_cb, self, NULL);
}

/* ---- what others change ---- */

static void
on_filter_changed (HoneLabeling *self)
{
  _hone_labeling_schedule (self, FALSE);
}

static void
on_iteration (HoneLabeling *self)
{
  _hone_labeling_schedule (self, hone_selection_get_order (self->selection) != HONE_QUEUE_UNCERTAIN);
}

static void
on_project_changed (HoneLabeling     *self,
                    HoneProjectParts  parts)
{
  if (self->telling)
    return;
  if (parts & (HONE_PROJECT_EXAMPLES | HONE_PROJECT_EXPERIMENTS))
    {
      _hone_labeling_schedule (self, TRUE);
      return;
    }
  if (parts & HONE_PROJECT_LABELS && self->live)
    {
      _hone_labeling_survey (self);
      _hone_labeling_read_details (self);
    }
  if (parts & HONE_PROJECT_ONTOLOGY)
    {
      _hone_labeling_reset_chosen (self);
      _hone_labeling_emit_shown (self);
    }
}

/* Makes the queue follow what the window looks at. */
void
_hone_labeling_connect (HoneLabeling *self)
{
  g_signal_connect_object (self->list, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::loading", G_CALLBACK (on_list_loading), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "failed", G_CALLBACK (on_list_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "filter-changed", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::order", G_CALLBACK (on_filter_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->selection, "notify::iteration", G_CALLBACK (on_iteration), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->project, "changed", G_CALLBACK (on_project_changed), self, G_CONNECT_SWAPPED);
}

/**
 * hone_labeling_restart:
 * @self: labeling
 *
 * Makes the queue anew and goes to its first open text: those that were skipped come again.
 */
void
hone_labeling_restart (HoneLabeling *self)
{
  g_return_if_fail (HONE_IS_LABELING (self));

  _hone_labeling_schedule (self, FALSE);
}

static gboolean
can_move (HoneLabeling *self)
{
  return !self->busy && !self->pending && !self->fresh;
}

/**
 * hone_labeling_next:
 * @self: labeling
 *
 * Shows the next text of the queue, decided on or not; nothing happens at its end.
 */
void
hone_labeling_next (HoneLabeling *self)
{
  guint n;

  g_return_if_fail (HONE_IS_LABELING (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  if (!can_move (self) || !self->current)
    return;
  if (self->position == G_MAXUINT)
    _hone_labeling_go_on (self);
  else if (self->position + 1 < n)
    go_to (self, self->position + 1);
}

/**
 * hone_labeling_previous:
 * @self: labeling
 *
 * Shows the text before, decided on or not; from the end of the queue its last one.
 */
void
hone_labeling_previous (HoneLabeling *self)
{
  guint n;

  g_return_if_fail (HONE_IS_LABELING (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->list));
  if (!can_move (self) || !n)
    return;
  if (!self->current)
    go_to (self, n - 1);
  else if (self->position > 0 && self->position != G_MAXUINT)
    go_to (self, self->position - 1);
}

/**
 * hone_labeling_show:
 * @self: labeling
 * @item: a text, of the queue or not
 *
 * Shows it, for a decision to be looked at or changed.
 */
void
hone_labeling_show (HoneLabeling    *self,
                    HoneExampleItem *item)
{
  g_return_if_fail (HONE_IS_LABELING (self) && HONE_IS_EXAMPLE_ITEM (item));

  if (self->busy || self->pending)
    return;
  self->moving = FALSE;
  _hone_labeling_set_current (self, item, self->fresh ? G_MAXUINT : hone_example_list_find (self->list, hone_example_item_get_id (item)));
  if (self->position != G_MAXUINT)
    hold_pages (self);
}
