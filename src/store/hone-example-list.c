/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list over a filter's result.
 *
 * It holds eight bytes for each text. A worker brings the ids, a first screenful at once and then in large parts, each of which is one
 * true “items-changed”. Items are made when somebody asks for a row, as placeholders; the rows around it are read together, and each
 * item tells when its text is there. Nothing here waits: the object belongs to one thread with a main context. */
#include "config.h"

#include "hone-example-list.h"
#include "hone-store-labels.h"

#define FIRST_PART 200
#define PART       20000
#define PAGE       50

/* ---- one row ---- */

struct _HoneExampleItem {
  GObject      parent_instance;
  gint64       id;
  HoneExample *example;     /* (nullable) */
  gboolean     loaded;
};

G_DEFINE_FINAL_TYPE (HoneExampleItem, hone_example_item, G_TYPE_OBJECT)

enum { ITEM_ID = 1, ITEM_LOADED, N_ITEM_PROPERTIES };
static GParamSpec *item_properties[N_ITEM_PROPERTIES];

static void
hone_example_item_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  HoneExampleItem *self = HONE_EXAMPLE_ITEM (object);

  if (id == ITEM_ID)
    g_value_set_int64 (value, self->id);
  else if (id == ITEM_LOADED)
    g_value_set_boolean (value, self->loaded);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hone_example_item_finalize (GObject *object)
{
  HoneExampleItem *self = HONE_EXAMPLE_ITEM (object);

  g_clear_pointer (&self->example, hone_example_free);
  G_OBJECT_CLASS (hone_example_item_parent_class)->finalize (object);
}

static void
hone_example_item_class_init (HoneExampleItemClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = hone_example_item_get_property;
  object_class->finalize = hone_example_item_finalize;
  item_properties[ITEM_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  item_properties[ITEM_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_ITEM_PROPERTIES, item_properties);
}

static void
hone_example_item_init (HoneExampleItem *self)
{
}

static void
item_take (HoneExampleItem *self,
           HoneExample     *example)      /* (nullable) */
{
  g_clear_pointer (&self->example, hone_example_free);
  self->example = example;
  self->loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), item_properties[ITEM_LOADED]);
}

/**
 * hone_example_item_get_id:
 * @self: a row
 *
 * Returns: the id of its text
 */
gint64
hone_example_item_get_id (HoneExampleItem *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_ITEM (self), 0);

  return self->id;
}

/**
 * hone_example_item_get_example:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): its text; %NULL until `notify::loaded`, and after that where the text is gone
 */
const HoneExample *
hone_example_item_get_example (HoneExampleItem *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_ITEM (self), NULL);

  return self->example;
}

/* ---- the list ---- */

struct _HoneExampleList {
  GObject         parent_instance;

  HoneStore      *store;
  HoneFilter      filter;         /* owns its sets and its search */
  HoneQueueOrder  order;
  GArray         *ids;            /* of gint64 */
  GHashTable     *items;          /* id → HoneExampleItem that somebody holds, borrowed */
  GHashTable     *wanted;         /* ids whose texts are on their way */
  GCancellable   *filling;        /* (nullable) */
  GError         *error;          /* (nullable) */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HoneExampleList, hone_example_list, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { LIST_FILLING = 1, N_LIST_PROPERTIES };
static GParamSpec *list_properties[N_LIST_PROPERTIES];

static void
filter_copy (HoneFilter       *to,
             const HoneFilter *from)
{
  *to = *from;
  to->reference = from->reference ? hone_category_set_ref (from->reference) : NULL;
  to->answer = from->answer ? hone_category_set_ref (from->answer) : NULL;
  to->search = g_strdup (from->search);
}

static void
filter_clear (HoneFilter *filter)
{
  g_clear_pointer (&filter->reference, hone_category_set_unref);
  g_clear_pointer (&filter->answer, hone_category_set_unref);
  g_free ((char *) filter->search);
  filter->search = NULL;
}

/* ---- texts ---- */

static gpointer
read_page (HoneStore     *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  GArray *ids = data;

  return hone_store_get_examples (store, (const gint64 *) (gpointer) ids->data, ids->len, error);
}

typedef struct {
  GWeakRef  list;
  GArray   *ids;
  gboolean  anew;      /* texts that are there already are to be replaced */
} Page;

static void
page_free (Page *page)
{
  g_weak_ref_clear (&page->list);
  g_array_unref (page->ids);
  g_free (page);
}

static void
page_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Page *page = data;
  g_autoptr(HoneExampleList) self = g_weak_ref_get (&page->list);
  g_autoptr(GPtrArray) examples = hone_store_call_finish (HONE_STORE (source), result, NULL);
  guint next = 0;

  for (guint i = 0; self && i < page->ids->len; i++)
    {
      gint64 id = g_array_index (page->ids, gint64, i);
      HoneExampleItem *item = g_hash_table_lookup (self->items, &id);
      HoneExample *example = examples && next < examples->len ? examples->pdata[next] : NULL;
      gboolean found = example && example->id == id;

      g_hash_table_remove (self->wanted, &id);
      next += found;
      if (item && examples && (page->anew || !item->loaded))
        {
          g_autoptr(HoneExampleItem) held = g_object_ref (item);

          if (found)
            examples->pdata[next - 1] = g_new0 (HoneExample, 1);     /* the array frees something empty in its place */
          item_take (held, found ? example : NULL);
        }
    }
  page_free (page);
}

static void
read_ids (HoneExampleList *self,
          GArray          *ids,
          gboolean         anew)
{
  Page *page;

  if (ids->len == 0)
    return;
  page = g_new0 (Page, 1);
  g_weak_ref_init (&page->list, self);
  page->ids = g_array_ref (ids);
  page->anew = anew;
  for (guint i = 0; i < ids->len; i++)
    g_hash_table_add (self->wanted, g_memdup2 (&g_array_index (ids, gint64, i), sizeof (gint64)));
  hone_store_call_async (self->store, HONE_LANE_READ, read_page, g_array_ref (ids), (GDestroyNotify) g_array_unref,
                         (GDestroyNotify) g_ptr_array_unref, NULL, page_cb, page);
}

/* The rows around it are looked at next. */
static void
read_around (HoneExampleList *self,
             guint            position)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint first = position / PAGE * PAGE, after = MIN (first + PAGE, self->ids->len);

  if (g_hash_table_contains (self->wanted, &g_array_index (self->ids, gint64, position)))
    return;
  for (guint i = first; i < after; i++)
    {
      gint64 id = g_array_index (self->ids, gint64, i);

      g_array_append_val (ids, id);
    }
  read_ids (self, ids, FALSE);
}

static void
forget_item (gpointer  data,
             GObject  *item)
{
  g_hash_table_remove (data, &((HoneExampleItem *) item)->id);
}

static gpointer
hone_example_list_get_item (GListModel *model,
                            guint       position)
{
  HoneExampleList *self = HONE_EXAMPLE_LIST (model);
  HoneExampleItem *item;
  gint64 id;

  if (position >= self->ids->len)
    return NULL;
  id = g_array_index (self->ids, gint64, position);
  item = g_hash_table_lookup (self->items, &id);
  if (item)
    return g_object_ref (item);
  item = g_object_new (HONE_TYPE_EXAMPLE_ITEM, NULL);
  item->id = id;
  g_hash_table_insert (self->items, &item->id, item);
  g_object_weak_ref (G_OBJECT (item), forget_item, self->items);
  read_around (self, position);
  return item;
}

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

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = hone_example_list_get_item_type;
  iface->get_n_items = hone_example_list_get_n_items;
  iface->get_item = hone_example_list_get_item;
}

/* ---- ids ---- */

typedef struct {
  HoneFilter      filter;
  HoneQueueOrder  order;
  gint64          after;
  gsize           limit;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  filter_clear (&part->filter);
  g_free (part);
}

static gpointer
read_part (HoneStore     *store,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Part *part = data;

  return hone_store_list_ids (store, &part->filter, part->order, part->after, part->limit, cancellable, error);
}

static void
set_filling (HoneExampleList *self,
             GCancellable    *filling)
{
  gboolean was = self->filling != NULL;

  g_set_object (&self->filling, filling);
  if (was != (filling != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), list_properties[LIST_FILLING]);
}

typedef struct {
  GWeakRef      list;
  GCancellable *cancellable;
  gsize         limit;
} Fill;

static void fill_next (HoneExampleList *self, gsize limit);

/* Parts of a query that is not the newest any more are dropped. */
static void
part_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  Fill *fill = data;
  g_autoptr(HoneExampleList) self = g_weak_ref_get (&fill->list);
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) ids = hone_store_call_finish (HONE_STORE (source), result, &error);
  gboolean current = self && self->filling == fill->cancellable;
  gboolean last = !ids || ids->len < fill->limit;

  if (current && ids && ids->len > 0)
    {
      guint position = self->ids->len;

      g_array_append_vals (self->ids, ids->data, ids->len);
      g_list_model_items_changed (G_LIST_MODEL (self), position, 0, ids->len);
      current = self->filling == fill->cancellable;      /* whoever was told may have asked for something else */
    }
  if (current && error)
    self->error = g_steal_pointer (&error);
  if (current && last)
    set_filling (self, NULL);
  else if (current)
    fill_next (self, PART);
  g_weak_ref_clear (&fill->list);
  g_object_unref (fill->cancellable);
  g_free (fill);
}

static void
fill_next (HoneExampleList *self,
           gsize            limit)
{
  Part *part = g_new0 (Part, 1);
  Fill *fill = g_new0 (Fill, 1);

  filter_copy (&part->filter, &self->filter);
  part->order = self->order;
  part->after = self->ids->len ? g_array_index (self->ids, gint64, self->ids->len - 1) : 0;
  part->limit = limit;
  g_weak_ref_init (&fill->list, self);
  fill->cancellable = g_object_ref (self->filling);
  fill->limit = limit;
  hone_store_call_async (self->store, HONE_LANE_READ, read_part, part, part_free, (GDestroyNotify) g_array_unref, self->filling, part_cb, fill);
}

/**
 * hone_example_list_set_query:
 * @self: a list
 * @filter: which texts; copied
 * @order: in which order
 *
 * Empties the list and begins to fill it anew; what was still on its way for an earlier query is dropped.
 */
void
hone_example_list_set_query (HoneExampleList  *self,
                             const HoneFilter *filter,
                             HoneQueueOrder    order)
{
  g_autoptr(GCancellable) filling = g_cancellable_new ();
  guint n;

  g_return_if_fail (HONE_IS_EXAMPLE_LIST (self) && filter != NULL);
  g_return_if_fail (order != HONE_QUEUE_UNCERTAIN || filter->iteration_id != 0);

  g_cancellable_cancel (self->filling);
  g_clear_error (&self->error);
  filter_clear (&self->filter);
  filter_copy (&self->filter, filter);
  self->order = order;
  n = self->ids->len;
  g_array_set_size (self->ids, 0);
  set_filling (self, filling);
  if (n > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
  if (self->filling == filling)
    fill_next (self, FIRST_PART);
}

/**
 * hone_example_list_get_filling:
 * @self: a list
 *
 * Returns: whether ids are still to come
 */
gboolean
hone_example_list_get_filling (HoneExampleList *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_LIST (self), FALSE);

  return self->filling != NULL;
}

/**
 * hone_example_list_get_error:
 * @self: a list
 *
 * Returns: (transfer none) (nullable): what kept it from being filled; of this query
 */
const GError *
hone_example_list_get_error (HoneExampleList *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_LIST (self), NULL);

  return self->error;
}

/**
 * hone_example_list_get_id:
 * @self: a list
 * @position: in it
 *
 * Returns: the id of the text there, without reading it; 0 beyond the end
 */
gint64
hone_example_list_get_id (HoneExampleList *self,
                          guint            position)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_LIST (self), 0);

  return position < self->ids->len ? g_array_index (self->ids, gint64, position) : 0;
}

/**
 * hone_example_list_reload:
 * @self: a list
 * @id: a text that was changed
 *
 * Reads it again if somebody shows it, which notifies “loaded” of its item. It keeps its place, even where the filter would not find it
 * any more: nothing moves under the pointer.
 */
void
hone_example_list_reload (HoneExampleList *self,
                          gint64           id)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_if_fail (HONE_IS_EXAMPLE_LIST (self));

  g_array_append_val (ids, id);
  if (g_hash_table_contains (self->items, &id))
    read_ids (self, ids, TRUE);
}

/**
 * hone_example_list_new:
 * @store: a project
 *
 * Returns: (transfer full): an empty list, until hone_example_list_set_query()
 */
HoneExampleList *
hone_example_list_new (HoneStore *store)
{
  HoneExampleList *self;

  g_return_val_if_fail (HONE_IS_STORE (store), NULL);

  self = g_object_new (HONE_TYPE_EXAMPLE_LIST, NULL);
  self->store = g_object_ref (store);
  return self;
}

static void
hone_example_list_get_property (GObject    *object,
                                guint       id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (id == LIST_FILLING)
    g_value_set_boolean (value, hone_example_list_get_filling (HONE_EXAMPLE_LIST (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
hone_example_list_dispose (GObject *object)
{
  HoneExampleList *self = HONE_EXAMPLE_LIST (object);

  g_cancellable_cancel (self->filling);
  g_clear_object (&self->filling);
  G_OBJECT_CLASS (hone_example_list_parent_class)->dispose (object);
}

static void
hone_example_list_finalize (GObject *object)
{
  HoneExampleList *self = HONE_EXAMPLE_LIST (object);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (item, forget_item, self->items);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->wanted);
  g_array_unref (self->ids);
  g_clear_error (&self->error);
  filter_clear (&self->filter);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (hone_example_list_parent_class)->finalize (object);
}

static void
hone_example_list_class_init (HoneExampleListClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->get_property = hone_example_list_get_property;
  object_class->dispose = hone_example_list_dispose;
  object_class->finalize = hone_example_list_finalize;
  list_properties[LIST_FILLING] = g_param_spec_boolean ("filling", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_LIST_PROPERTIES, list_properties);
}

static void
hone_example_list_init (HoneExampleList *self)
{
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->wanted = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}
