/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "hone-example-list.h"
#include "hone-item-table.h"
#include "hone-selection.h"

#define PAGE_SIZE    HONE_EXAMPLE_LIST_PAGE
/* What a window shows at once must not wait for the rest. A list view makes widgets for the first 200 rows as soon as it knows of them,
 * which is too much for one turn of the main loop: it gets a screenful, is painted, and gets more. Whole pages, as each is read once. */
#define SMALL_CHUNK  PAGE_SIZE
#define N_SMALL      10
#define NEXT_CHUNK   (4096 * PAGE_SIZE)
#define RELOAD_DELAY 150      /* milliseconds in which changes are gathered */

struct _HoneExampleList {
  GObject         parent_instance;

  HoneProject    *project;
  HoneFilter     *filter;       /* (nullable): nothing was asked for yet */
  HoneQueueOrder  order;
  gint64          iteration;

  GArray         *ids;          /* of gint64 */
  HoneItemTable  *items;
  GHashTable     *asked;        /* pages under way */
  GCancellable   *reading;      /* of the query at hand; NULL: none */
  GArray         *renewed;      /* (nullable): ids of the same query read anew; they take the place of those shown when all have come */
  gboolean        fresh;        /* the first chunk of the query has not come: what is shown is of the query before */
  gboolean        loading;
  gboolean        live;
  gboolean        stale;        /* something changed while it was not live */
  guint           reload;       /* source */
  guint           next;         /* source: asks for the next chunk */
};

enum {
  PROP_0,
  PROP_LOADING,
  PROP_N_ITEMS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint failed_signal;

static void hone_example_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HoneExampleList, hone_example_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, hone_example_list_model_init))

static void
forget_items (HoneExampleList *self)
{
  hone_item_table_clear (self->items);
  g_hash_table_remove_all (self->asked);
}

/* ---- pages ---- */

typedef struct {
  gint64  ids[PAGE_SIZE];
  gsize   n_ids;
  gint64  iteration;
  guint   page;
  HoneExampleList *list;    /* holds it while the page is read */
  GCancellable    *reading; /* the query the page belongs to */
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_clear_object (&page->reading);
  g_clear_object (&page->list);
  g_free (page);
}

static gpointer
read_page (HoneStore     *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  Page *page = data;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return hone_example_rows_read (store, page->ids, page->n_ids, page->iteration, error);
}

static void
fill_items (HoneExampleList *self,
            guint            page,
            GPtrArray       *rows)
{
  guint next = page * PAGE_SIZE;

  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    {
      HoneExampleRow *row = g_ptr_array_index (rows, i);
      HoneExampleItem *item;

      /* Rows come in the order of the ids; those in between are gone. */
      while (next < self->ids->len && g_array_index (self->ids, gint64, next) != row->example->id)
        next++;
      item = hone_item_table_lookup (self->items, next);
      if (item)
        hone_example_item_set_row (item, row);
      else
        hone_example_row_free (row);
    }
}

static void
read_page_cb (GObject      *store,
              GAsyncResult *result,
              gpointer      user_data)
{
  Page *page = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) rows = hone_store_call_finish (HONE_STORE (store), result, &error);
  HoneExampleList *self = page->list;

  /* Cancelled: the list shows another query by now. */
  if (!g_cancellable_is_cancelled (page->reading))
    {
      g_hash_table_remove (self->asked, GUINT_TO_POINTER (page->page));
      if (rows)
        fill_items (self, page->page, rows);
      else
        g_signal_emit (self, failed_signal, 0, error->message);
    }
  page_free (page);
}

static void
ask_page (HoneExampleList *self,
          guint            number)
{
  HoneStore *store = hone_project_get_store (self->project);
  Page *page;
  gsize start = (gsize) number * PAGE_SIZE;

  if (!g_hash_table_add (self->asked, GUINT_TO_POINTER (number)))
    return;
  page = g_new0 (Page, 1);
  page->n_ids = MIN (PAGE_SIZE, self->ids->len - start);
  memcpy (page->ids, &g_array_index (self->ids, gint64, start), page->n_ids * sizeof (gint64));
  page->iteration = self->iteration;
  page->page = number;
  page->list = g_object_ref (self);
  page->reading = g_object_ref (self->reading);
  hone_store_call_async (store, HONE_LANE_READ, read_page, page, NULL, (GDestroyNotify) g_ptr_array_unref, self->reading, read_page_cb, page);
}

/* ---- ids ---- */

typedef struct {
  HoneFilter      *filter;
  HoneQueueOrder   order;
  gint64           after;
  gsize            limit;
  HoneExampleList *list;
  GCancellable    *reading;
} Chunk;

static void
chunk_free (gpointer data)
{
  Chunk *chunk = data;

  g_clear_pointer (&chunk->filter, hone_filter_free);
  g_clear_object (&chunk->list);
  g_clear_object (&chunk->reading);
  g_free (chunk);
}

static gpointer
read_chunk (HoneStore     *store,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Chunk *chunk = data;

  return hone_store_list_ids (store, chunk->filter, chunk->order, chunk->after, chunk->limit, cancellable, error);
}

static void
set_loading (HoneExampleList *self,
             gboolean         loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void ask_chunk (HoneExampleList *self,
                       gsize            limit);

static void
read_items_again (HoneExampleList *self)
{
  g_autoptr(GArray) positions = hone_item_table_list (self->items);

  g_hash_table_remove_all (self->asked);
  for (guint i = 0; i < positions->len; i++)
    ask_page (self, g_array_index (positions, guint, i) / PAGE_SIZE);
}

/* Only what differs moves, so that a view keeps its place and its selection; what stays is read again. */
static void
show_renewed (HoneExampleList *self)
{
  g_autoptr(GArray) old = g_steal_pointer (&self->ids);
  guint first = 0, last = 0, shorter, removed, added;

  self->ids = g_steal_pointer (&self->renewed);
  shorter = MIN (old->len, self->ids->len);
  while (first < shorter && g_array_index (old, gint64, first) == g_array_index (self->ids, gint64, first))
    first++;
  while (last < shorter - first &&
         g_array_index (old, gint64, old->len - last - 1) == g_array_index (self->ids, gint64, self->ids->len - last - 1))
    last++;
  removed = old->len - first - last;
  added = self->ids->len - first - last;
  hone_item_table_splice (self->items, first, removed, added);
  if (removed || added)
    g_list_model_items_changed (G_LIST_MODEL (self), first, removed, added);
  if (removed != added)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
  read_items_again (self);
}

static void
take_chunk (HoneExampleList *self,
            GArray          *ids)
{
  guint before = self->ids->len, position = before;

  if (self->fresh)
    {
      forget_items (self);
      g_array_set_size (self->ids, 0);
      position = 0;
      self->fresh = FALSE;
    }
  g_array_append_vals (self->ids, ids->data, ids->len);
  if (before - position || ids->len)
    g_list_model_items_changed (G_LIST_MODEL (self), position, before - position, ids->len);
  if (self->ids->len != before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ITEMS]);
}

static gboolean
next_cb (gpointer data)
{
  HoneExampleList *self = data;

  self->next = 0;
  ask_chunk (self, SMALL_CHUNK);
  return G_SOURCE_REMOVE;
}

/* While there are but few rows, each chunk waits until what there is has been painted. */
static void
ask_next (HoneExampleList *self)
{
  if (self->renewed || self->ids->len >= N_SMALL * SMALL_CHUNK)
    ask_chunk (self, NEXT_CHUNK);
  else
    self->next = g_idle_add (next_cb, self);
}

static void
read_chunk_cb (GObject      *store,
               GAsyncResult *result,
               gpointer      user_data)
{
  Chunk *chunk = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = hone_store_call_finish (HONE_STORE (store), result, &error);
  HoneExampleList *self = chunk->list;

  if (!g_cancellable_is_cancelled (chunk->reading))
    {
      gboolean more = ids && ids->len == chunk->limit;

      if (ids && self->renewed)
        g_array_append_vals (self->renewed, ids->data, ids->len);
      else if (ids)
        take_chunk (self, ids);
      if (ids && self->renewed && !more)
        show_renewed (self);
      if (more)
        ask_next (self);
      else
        set_loading (self, FALSE);
      if (!ids)
        {
          g_clear_pointer (&self->renewed, g_array_unref);
          g_signal_emit (self, failed_signal, 0, error->message);
        }
    }
  chunk_free (chunk);
}

static void
ask_chunk (HoneExampleList *self,
           gsize            limit)
{
  Chunk *chunk = g_new0 (Chunk, 1);
  const GArray *so_far = self->renewed ? self->renewed : self->ids;
  gboolean first = self->fresh || so_far->len == 0;

  chunk->filter = hone_filter_copy (self->filter);
  chunk->order = self->order;
  chunk->after = first ? 0 : g_array_index (so_far, gint64, so_far->len - 1);
  chunk->limit = limit;
  chunk->list = g_object_ref (self);
  chunk->reading = g_object_ref (self->reading);
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, read_chunk, chunk, NULL, (GDestroyNotify) g_array_unref,
                         self->reading, read_chunk_cb, chunk);
}

static void
stop (HoneExampleList *self)
{
  g_clear_handle_id (&self->reload, g_source_remove);
  g_clear_handle_id (&self->next, g_source_remove);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->renewed, g_array_unref);
}

static void
start (HoneExampleList *self)
{
  stop (self);
  self->reading = g_cancellable_new ();
  self->fresh = TRUE;
  self->stale = FALSE;
  set_loading (self, TRUE);
  ask_chunk (self, SMALL_CHUNK);
}

/* The same query again. */
static void
renew (HoneExampleList *self)
{
  if (self->fresh || (self->loading && !self->renewed))
    {
      start (self);
      return;
    }
  stop (self);
  self->reading = g_cancellable_new ();
  self->renewed = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->stale = FALSE;
  set_loading (self, TRUE);
  ask_chunk (self, NEXT_CHUNK);
}

/* ---- changes ---- */

static gboolean
reload_cb (gpointer data)
{
  HoneExampleList *self = data;

  self->reload = 0;
  renew (self);
  return G_SOURCE_REMOVE;
}

static void
on_project_changed (HoneExampleList  *self,
                    HoneProjectParts  parts)
{
  if (!self->filter)
    return;
  self->stale = TRUE;
  if (self->live && !self->reload)
    self->reload = g_timeout_add (RELOAD_DELAY, reload_cb, self);
}

/* ---- the model ---- */

static GType
hone_example_list_get_item_type (GListModel *model)
{
  return HONE_TYPE_EXAMPLE_ITEM;
}

static guint
hone_example_list_get_n_items (GListModel *model)
{
  return HONE_EXAMPLE_LIST (model)->ids->len;
}

static gpointer
hone_example_list_get_item (GListModel *model,
                            guint       position)
{
  HoneExampleList *self = HONE_EXAMPLE_LIST (model);
  HoneExampleItem *item;

  if (position >= self->ids->len)
    return NULL;
  item = hone_item_table_lookup (self->items, position);
  if (item)
    return g_object_ref (item);
  item = hone_example_item_new (g_array_index (self->ids, gint64, position));
  hone_item_table_add (self->items, position, item);
  if (!self->fresh && self->reading)
    ask_page (self, position / PAGE_SIZE);
  return item;
}

static void
hone_example_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hone_example_list_get_item_type;
  iface->get_n_items = hone_example_list_get_n_items;
  iface->get_item = hone_example_list_get_item;
}

static void
hone_example_list_dispose (GObject *object)
{
  HoneExampleList *self = HONE_EXAMPLE_LIST (object);

  stop (self);
  forget_items (self);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_example_list_parent_class)->dispose (object);
}

static void
hone_example_list_finalize (GObject *object)
{
  HoneExampleList *self = HONE_EXAMPLE_LIST (object);

  g_clear_pointer (&self->filter, hone_filter_free);
  g_clear_pointer (&self->ids, g_array_unref);
  g_clear_pointer (&self->items, hone_item_table_free);
  g_clear_pointer (&self->asked, g_hash_table_unref);
  G_OBJECT_CLASS (hone_example_list_parent_class)->finalize (object);
}

static void
hone_example_list_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  HoneExampleList *self = HONE_EXAMPLE_LIST (object);

  switch (prop_id)
    {
    case PROP_LOADING: g_value_set_boolean (value, self->loading); break;
    case PROP_N_ITEMS: g_value_set_uint (value, self->ids->len); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_example_list_class_init (HoneExampleListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hone_example_list_dispose;
  object_class->finalize = hone_example_list_finalize;
  object_class->get_property = hone_example_list_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
hone_example_list_init (HoneExampleList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = hone_item_table_new ();
  self->asked = g_hash_table_new (NULL, NULL);
}

/**
 * hone_example_list_new:
 * @project: whose texts
 *
 * Returns: (transfer full): an empty list, until a query is set
 */
HoneExampleList *
hone_example_list_new (HoneProject *project)
{
  HoneExampleList *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project), NULL);

  self = g_object_new (HONE_TYPE_EXAMPLE_LIST, NULL);
  self->project = g_object_ref (project);
  g_signal_connect_object (project, "changed", G_CALLBACK (on_project_changed), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * hone_example_list_set_query:
 * @self: a list
 * @filter: which texts; copied
 * @order: %HONE_QUEUE_UNCERTAIN needs an iteration in the filter
 * @iteration_id: whose answers the items have, 0: none
 *
 * Shows other texts. What was shown stays until the first of them have come.
 */
void
hone_example_list_set_query (HoneExampleList  *self,
                             const HoneFilter *filter,
                             HoneQueueOrder    order,
                             gint64            iteration_id)
{
  HoneFilter *copy;

  g_return_if_fail (HONE_IS_EXAMPLE_LIST (self) && filter);
  g_return_if_fail (order != HONE_QUEUE_UNCERTAIN || filter->iteration_id);

  copy = hone_filter_copy (filter);
  g_clear_pointer (&self->filter, hone_filter_free);
  self->filter = copy;
  self->order = order;
  self->iteration = iteration_id;
  start (self);
}

/**
 * hone_example_list_set_live:
 * @self: a list
 * @live: whether it is looked at
 *
 * A live list follows the project; another one stays as it is, and catches up when it becomes live.
 */
void
hone_example_list_set_live (HoneExampleList *self,
                            gboolean         live)
{
  g_return_if_fail (HONE_IS_EXAMPLE_LIST (self));

  self->live = live;
  if (live && self->stale && self->filter)
    renew (self);
}

/**
 * hone_example_list_get_loading:
 * @self: a list
 *
 * Returns: whether ids are still coming
 */
gboolean
hone_example_list_get_loading (HoneExampleList *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_LIST (self), FALSE);

  return self->loading;
}

/**
 * hone_example_list_get_id:
 * @self: a list
 * @position: in the list
 *
 * Returns: id of the example there, 0: there is none
 */
gint64
hone_example_list_get_id (HoneExampleList *self,
                          guint            position)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_LIST (self), 0);

  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

/**
 * hone_example_list_find:
 * @self: a list
 * @id: of an example
 *
 * Returns: its position, %G_MAXUINT where the list does not have it
 */
guint
hone_example_list_find (HoneExampleList *self,
                        gint64           id)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_LIST (self), G_MAXUINT);

  for (guint i = 0; i < self->ids->len; i++)
    if (g_array_index (self->ids, gint64, i) == id)
      return i;
  return G_MAXUINT;
}
