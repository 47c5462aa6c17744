/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-example-count.h"
#include "hone-words.h"

#define DELAY 100   /* milliseconds in which changes of the project are gathered */

struct _HoneExampleCount {
  GObject        parent_instance;

  HoneProject   *project;
  HoneSelection *selection;
  GCancellable  *counting;   /* (nullable) */
  guint          again;      /* source */
  gboolean       known;
  guint64        shown, all;
};

static guint changed_signal, failed_signal;

G_DEFINE_FINAL_TYPE (HoneExampleCount, hone_example_count, G_TYPE_OBJECT)

typedef struct {
  guint64 shown, all;
} Counts;

static gpointer
count (HoneStore     *store,
       gpointer       data,
       GCancellable  *cancellable,
       GError       **error)
{
  const HoneFilter *filter = data, everything = HONE_FILTER_ALL;
  Counts counts = { .shown = hone_store_count (store, filter, cancellable, error) };

  if (counts.shown != G_MAXUINT64)
    counts.all = hone_store_count (store, &everything, cancellable, error);
  return counts.shown == G_MAXUINT64 || counts.all == G_MAXUINT64 ? NULL : g_memdup2 (&counts, sizeof counts);
}

static void
count_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HoneExampleCount) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree Counts *counts = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  if (!counts)
    {
      g_signal_emit (self, failed_signal, 0, error->message);
      return;
    }
  self->known = TRUE;
  self->shown = counts->shown;
  self->all = counts->all;
  g_signal_emit (self, changed_signal, 0);
}

static void
stop (HoneExampleCount *self)
{
  g_clear_handle_id (&self->again, g_source_remove);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
}

static void
start (HoneExampleCount *self)
{
  stop (self);
  self->counting = g_cancellable_new ();
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, count, hone_filter_copy (hone_selection_get_filter (self->selection)),
                         (GDestroyNotify) hone_filter_free, g_free, self->counting, count_cb, g_object_ref (self));
}

static gboolean
again_cb (gpointer data)
{
  HoneExampleCount *self = data;

  self->again = 0;
  start (self);
  return G_SOURCE_REMOVE;
}

static void
on_project_changed (HoneExampleCount *self)
{
  if (!self->again)
    self->again = g_timeout_add (DELAY, again_cb, self);
}

static void
hone_example_count_dispose (GObject *object)
{
  HoneExampleCount *self = HONE_EXAMPLE_COUNT (object);

  stop (self);
  g_clear_object (&self->project);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (hone_example_count_parent_class)->dispose (object);
}

static void
hone_example_count_class_init (HoneExampleCountClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hone_example_count_dispose;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hone_example_count_init (HoneExampleCount *self)
{
}

/**
 * hone_example_count_new:
 * @project: whose texts
 * @selection: whose filter
 *
 * Returns: (transfer full): a count, not known until “changed”
 */
HoneExampleCount *
hone_example_count_new (HoneProject   *project,
                        HoneSelection *selection)
{
  HoneExampleCount *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_EXAMPLE_COUNT, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  g_signal_connect_object (project, "changed", G_CALLBACK (on_project_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "filter-changed", G_CALLBACK (start), self, G_CONNECT_SWAPPED);
  start (self);
  return self;
}

/**
 * hone_example_count_get_known:
 * @self: a count
 *
 * Returns: whether anything has been counted yet
 */
gboolean
hone_example_count_get_known (HoneExampleCount *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_COUNT (self), FALSE);

  return self->known;
}

/**
 * hone_example_count_get_shown:
 * @self: a count
 *
 * Returns: how many texts the filter takes
 */
guint64
hone_example_count_get_shown (HoneExampleCount *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_COUNT (self), 0);

  return self->shown;
}

/**
 * hone_example_count_get_all:
 * @self: a count
 *
 * Returns: how many texts there are
 */
guint64
hone_example_count_get_all (HoneExampleCount *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_COUNT (self), 0);

  return self->all;
}

/**
 * hone_example_count_dup_words:
 * @self: a count
 *
 * Returns: (transfer full): both numbers in words
 */
char *
hone_example_count_dup_words (HoneExampleCount *self)
{
  g_autofree char *shown = NULL;
  g_autofree char *all = NULL;

  g_return_val_if_fail (HONE_IS_EXAMPLE_COUNT (self), NULL);

  if (!self->known)
    return g_strdup ("");
  shown = hone_words_count (self->shown);
  all = hone_words_count (self->all);
  if (self->shown == self->all)
    return g_strdup_printf (ngettext ("%s text", "%s texts", self->all), all);
  /* Translators: how many texts are shown, of how many */
  return g_strdup_printf (ngettext ("%s of %s text", "%s of %s texts", self->all), shown, all);
}
