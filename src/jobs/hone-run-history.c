/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log and the curves of a run, from its thread while it is followed, and from the project for what was said before. */
#include "config.h"

#include "hone-run-history-private.h"

#include <math.h>

#include "hone-event-private.h"
#include "store/hone-store-runs.h"

#define PAGE 1000

/* ---- a line of the log ---- */

struct _HoneRunLine {
  GObject   parent_instance;

  char     *text;
  gboolean  warning;
};

G_DEFINE_FINAL_TYPE (HoneRunLine, hone_run_line, G_TYPE_OBJECT)

enum { LINE_PROP_0, LINE_PROP_TEXT, LINE_PROP_WARNING };

static void
hone_run_line_get_property (GObject    *object,
                            guint       id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  HoneRunLine *self = HONE_RUN_LINE (object);

  if (id == LINE_PROP_TEXT)
    g_value_set_string (value, self->text);
  else if (id == LINE_PROP_WARNING)
    g_value_set_boolean (value, self->warning);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hone_run_line_finalize (GObject *object)
{
  g_free (HONE_RUN_LINE (object)->text);
  G_OBJECT_CLASS (hone_run_line_parent_class)->finalize (object);
}

static void
hone_run_line_class_init (HoneRunLineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = hone_run_line_get_property;
  object_class->finalize = hone_run_line_finalize;
  g_object_class_install_property (object_class, LINE_PROP_TEXT, g_param_spec_string ("text", NULL, NULL, NULL, flags));
  g_object_class_install_property (object_class, LINE_PROP_WARNING, g_param_spec_boolean ("warning", NULL, NULL, FALSE, flags));
}

static void
hone_run_line_init (HoneRunLine *self)
{
}

static HoneRunLine *
line_new (const char *text,
          gboolean    warning)
{
  HoneRunLine *self = g_object_new (HONE_TYPE_RUN_LINE, NULL);

  self->text = g_strdup (text);
  self->warning = warning;
  return self;
}

/**
 * hone_run_line_get_text:
 * @self: a line
 *
 * Returns: a warning or an error, translated or as the trainer said it, or the name of a stage
 */
const char *
hone_run_line_get_text (HoneRunLine *self)
{
  g_return_val_if_fail (HONE_IS_RUN_LINE (self), NULL);
  return self->text;
}

/**
 * hone_run_line_get_warning:
 * @self: a line
 *
 * Returns: whether it is a warning or an error
 */
gboolean
hone_run_line_get_warning (HoneRunLine *self)
{
  g_return_val_if_fail (HONE_IS_RUN_LINE (self), FALSE);
  return self->warning;
}

/* ---- what the project remembers ---- */

void
_hone_run_memory_free (HoneRunMemory *self)
{
  g_array_unref (self->points);
  g_ptr_array_unref (self->lines);
  g_free (self);
}

static void
remember (HoneRunMemory *self,
          const char    *json)
{
  g_auto(HoneEvent) event = { 0 };
  gboolean bad;

  if (!_hone_event_parse (json, strlen (json), &event, NULL))
    return;
  bad = event.type == HONE_EVENT_WARNING || event.type == HONE_EVENT_ERROR;
  if (event.type == HONE_EVENT_METRIC)
    {
      HoneRunPoint point = { g_intern_string (event.name), isnan (event.step) ? 0 : (guint64) event.step, event.value };

      g_array_append_val (self->points, point);
    }
  else if (bad && event.message != NULL)
    g_ptr_array_add (self->lines, line_new (event.message, TRUE));
  else if ((event.type == HONE_EVENT_STAGE || event.type == HONE_EVENT_HELLO) && event.name != NULL)
    g_ptr_array_add (self->lines, line_new (event.name, FALSE));
}

HoneRunMemory *
_hone_run_memory_read (HoneStore  *store,
                       gint64      run_id,
                       GError    **error)
{
  g_autoptr(HoneRunMemory) self = g_new0 (HoneRunMemory, 1);

  self->points = g_array_new (FALSE, FALSE, sizeof (HoneRunPoint));
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
  for (gint64 seen = 0;; seen += PAGE)
    {
      g_autoptr(GPtrArray) events = hone_store_list_run_events (store, run_id, seen, PAGE, error);

      if (events == NULL)
        return NULL;
      for (guint i = 0; i < events->len; i++)
        remember (self, events->pdata[i]);
      if (events->len < PAGE)
        return g_steal_pointer (&self);
    }
}

/* ---- the history ---- */

struct _HoneRunHistory {
  GObject     parent_instance;

  HoneStore  *store;
  gint64      run_id;
  gboolean    complete;     /* all that was said so far is here */
  GArray     *points;       /* of HoneRunPoint */
  GPtrArray  *lines;        /* of HoneRunLine */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HoneRunHistory, hone_run_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { PROP_0, PROP_N_POINTS, N_PROPS };
static GParamSpec *properties[N_PROPS];

static GType
get_item_type (GListModel *model)
{
  return HONE_TYPE_RUN_LINE;
}

static guint
get_n_items (GListModel *model)
{
  return HONE_RUN_HISTORY (model)->lines->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  HoneRunHistory *self = HONE_RUN_HISTORY (model);

  return position < self->lines->len ? g_object_ref (self->lines->pdata[position]) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
hone_run_history_get_property (GObject    *object,
                               guint       id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (id == PROP_N_POINTS)
    g_value_set_uint (value, HONE_RUN_HISTORY (object)->points->len);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hone_run_history_finalize (GObject *object)
{
  HoneRunHistory *self = HONE_RUN_HISTORY (object);

  g_array_unref (self->points);
  g_ptr_array_unref (self->lines);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (hone_run_history_parent_class)->finalize (object);
}

static void
hone_run_history_class_init (HoneRunHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = hone_run_history_get_property;
  object_class->finalize = hone_run_history_finalize;
  properties[PROP_N_POINTS] = g_param_spec_uint ("n-points", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hone_run_history_init (HoneRunHistory *self)
{
  self->points = g_array_new (FALSE, FALSE, sizeof (HoneRunPoint));
  self->lines = g_ptr_array_new_with_free_func (g_object_unref);
}

HoneRunHistory *
_hone_run_history_new (HoneStore *store,
                       gint64     run_id,
                       gboolean   complete)
{
  HoneRunHistory *self = g_object_new (HONE_TYPE_RUN_HISTORY, NULL);

  self->store = g_object_ref (store);
  self->run_id = run_id;
  self->complete = complete;
  return self;
}

gboolean
_hone_run_history_is_complete (HoneRunHistory *self)
{
  return self->complete;
}

/* Every second point of each curve goes, so that a curve of any length keeps its shape. */
static void
thin_out (HoneRunHistory *self)
{
  g_autoptr(GHashTable) met = g_hash_table_new (NULL, NULL);
  HoneRunPoint *points = (HoneRunPoint *) (gpointer) self->points->data;
  guint kept = 0;

  for (guint i = 0; i < self->points->len; i++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (met, points[i].name));

      g_hash_table_insert (met, (gpointer) points[i].name, GUINT_TO_POINTER (n + 1));
      if (n % 2 == 0)
        points[kept++] = points[i];
    }
  g_array_set_size (self->points, kept);
}

static void
append_point (HoneRunHistory     *self,
              const HoneRunPoint *point)
{
  if (self->points->len >= HONE_RUN_MAX_POINTS)
    thin_out (self);
  g_array_append_vals (self->points, point, 1);
}

void
_hone_run_history_add_point (HoneRunHistory *self,
                             const char     *name,
                             guint64         step,
                             double          value)
{
  const HoneRunPoint point = { g_intern_string (name), step, value };

  append_point (self, &point);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_POINTS]);
}

void
_hone_run_history_add_line (HoneRunHistory *self,
                            const char     *text,
                            gboolean        warning)
{
  guint n_dropped = self->lines->len >= HONE_RUN_MAX_LINES ? HONE_RUN_MAX_LINES / 10 : 0;

  if (n_dropped > 0)
    {
      g_ptr_array_remove_range (self->lines, 0, n_dropped);
      g_list_model_items_changed (G_LIST_MODEL (self), 0, n_dropped, 0);
    }
  g_ptr_array_add (self->lines, line_new (text, warning));
  g_list_model_items_changed (G_LIST_MODEL (self), self->lines->len - 1, 0, 1);
}

void
_hone_run_history_take_memory (HoneRunHistory *self,
                               HoneRunMemory  *memory)
{
  g_autoptr(HoneRunMemory) taken = memory;
  guint n_lines = taken->lines->len;

  if (self->complete)
    return;
  self->complete = TRUE;
  for (guint i = 0; i < taken->points->len; i++)
    append_point (self, &g_array_index (taken->points, HoneRunPoint, i));
  g_ptr_array_extend_and_steal (self->lines, g_steal_pointer (&taken->lines));
  taken->lines = g_ptr_array_new ();
  g_list_model_items_changed (G_LIST_MODEL (self), self->lines->len - n_lines, 0, n_lines);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_POINTS]);
}

/**
 * hone_run_history_get_points:
 * @self: a history
 * @n_points: (out): how many
 *
 * Very long curves are thinned out, to 20,000 points at most.
 *
 * Returns: (transfer none) (array length=n_points): the points of all metrics in the order in which they were told
 */
const HoneRunPoint *
hone_run_history_get_points (HoneRunHistory *self,
                             gsize          *n_points)
{
  g_return_val_if_fail (HONE_IS_RUN_HISTORY (self), NULL);
  g_return_val_if_fail (n_points != NULL, NULL);

  *n_points = self->points->len;
  return (const HoneRunPoint *) (gpointer) self->points->data;
}

static void
load_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  HoneRunHistory *self = source;
  GError *error = NULL;
  HoneRunMemory *memory = _hone_run_memory_read (self->store, self->run_id, &error);

  if (memory != NULL)
    g_task_return_pointer (task, memory, (GDestroyNotify) _hone_run_memory_free);
  else
    g_task_return_error (task, error);
}

/**
 * hone_run_history_load_async:
 * @self: a history
 * @cancellable: (nullable): a cancellable
 * @callback: called when all that was said before is here
 * @user_data: for @callback
 *
 * Reads what the project remembers of a run that this program did not follow from its beginning.
 */
void
hone_run_history_load_async (HoneRunHistory      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;

  g_return_if_fail (HONE_IS_RUN_HISTORY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, hone_run_history_load_async);
  if (self->complete)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_run_in_thread (task, load_in_thread);
}

/**
 * hone_run_history_load_finish:
 * @self: a history
 * @result: given to the callback
 * @error: return location
 *
 * Returns: whether it could be read
 */
gboolean
hone_run_history_load_finish (HoneRunHistory  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_autoptr(GError) reason = NULL;
  HoneRunMemory *memory;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  memory = g_task_propagate_pointer (G_TASK (result), &reason);
  if (memory != NULL)
    _hone_run_history_take_memory (self, memory);
  if (reason == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}
