/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-example-item.h"

struct _HoneExampleItem {
  GObject         parent_instance;

  gint64          id;
  HoneExampleRow *row;   /* (nullable) */
};

enum {
  PROP_0,
  PROP_LOADED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HoneExampleItem, hone_example_item, G_TYPE_OBJECT)

/**
 * hone_item_answer_free:
 * @self: (transfer full): an answer
 */
void
hone_item_answer_free (HoneItemAnswer *self)
{
  g_return_if_fail (self);

  g_clear_pointer (&self->categories, hone_category_set_unref);
  g_free (self->scores);
  g_free (self->raw);
  g_free (self->reason);
  g_free (self);
}

/**
 * hone_example_row_free:
 * @self: (transfer full): a row of hone_example_rows_read ()
 */
void
hone_example_row_free (HoneExampleRow *self)
{
  g_return_if_fail (self);

  g_clear_pointer (&self->example, hone_example_free);
  g_clear_pointer (&self->answer, hone_item_answer_free);
  g_free (self);
}

/**
 * hone_item_answer_new:
 * @prediction: as read from the store
 * @n_scores: how many scores it has
 *
 * Returns: (transfer full): a copy of what an item shows
 */
HoneItemAnswer *
hone_item_answer_new (const HonePrediction *prediction,
                      gsize                 n_scores)
{
  HoneItemAnswer *self;

  g_return_val_if_fail (prediction, NULL);

  self = g_new0 (HoneItemAnswer, 1);
  self->outcome = prediction->outcome;
  self->categories = prediction->categories ? hone_category_set_ref (prediction->categories) : NULL;
  self->confidence = prediction->confidence;
  if (prediction->scores && n_scores)
    {
      self->n_scores = n_scores;
      self->scores = g_memdup2 (prediction->scores, n_scores * sizeof (double));
    }
  self->raw = g_strdup (prediction->raw);
  self->reason = g_strdup (prediction->reason);
  return self;
}

typedef struct {
  gint64          iteration;
  gsize           n_scores;
  HoneItemAnswer *answer;
} AnswerSearch;

static gboolean
keep_answer (gint64                iteration,
             const HonePrediction *prediction,
             gpointer              data,
             GError              **error)
{
  AnswerSearch *search = data;

  if (iteration == search->iteration && !search->answer)
    search->answer = hone_item_answer_new (prediction, search->n_scores);
  return TRUE;
}

/* How many scores an answer of this iteration has. */
static gsize
count_scores (HoneStore *store,
              gint64     iteration_id)
{
  g_autoptr(HoneIteration) iteration = hone_store_get_iteration (store, iteration_id, NULL);
  g_autoptr(HoneOntology) ontology = iteration ? hone_store_dup_ontology_at (store, iteration->ontology_version, NULL) : NULL;

  return ontology ? hone_ontology_get_size (ontology) : 0;
}

/**
 * hone_example_rows_read:
 * @store: a project
 * @ids: (array length=n_ids): of examples
 * @n_ids: how many
 * @iteration_id: whose answers to read, 0: none
 * @error: return location for %HONE_STORE_ERROR_*
 *
 * Reads rows for a list; ids that are gone are left out. Blocks.
 *
 * Returns: (transfer full) (element-type HoneExampleRow): the rows, or %NULL
 */
GPtrArray *
hone_example_rows_read (HoneStore     *store,
                        const gint64  *ids,
                        gsize          n_ids,
                        gint64         iteration_id,
                        GError       **error)
{
  g_autoptr(GPtrArray) examples = NULL;
  g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_example_row_free);
  AnswerSearch search = { iteration_id, iteration_id ? count_scores (store, iteration_id) : 0, NULL };

  g_return_val_if_fail (HONE_IS_STORE (store), NULL);

  examples = hone_store_get_examples (store, ids, n_ids, error);
  if (!examples)
    return NULL;
  g_ptr_array_set_free_func (examples, NULL);
  for (guint i = 0; i < examples->len; i++)
    {
      HoneExampleRow *row = g_new0 (HoneExampleRow, 1);

      row->example = g_ptr_array_index (examples, i);
      g_ptr_array_add (rows, row);
    }
  for (guint i = 0; iteration_id && i < rows->len; i++)
    {
      HoneExampleRow *row = g_ptr_array_index (rows, i);

      search.answer = NULL;
      if (!hone_store_each_prediction_of (store, row->example->id, keep_answer, &search, error))
        return NULL;
      row->answer = search.answer;
    }
  return g_steal_pointer (&rows);
}

/* ---- the object ---- */

static void
hone_example_item_finalize (GObject *object)
{
  HoneExampleItem *self = HONE_EXAMPLE_ITEM (object);

  g_clear_pointer (&self->row, hone_example_row_free);
  G_OBJECT_CLASS (hone_example_item_parent_class)->finalize (object);
}

static void
hone_example_item_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  HoneExampleItem *self = HONE_EXAMPLE_ITEM (object);

  switch (prop_id)
    {
    case PROP_LOADED: g_value_set_boolean (value, self->row != NULL); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_example_item_class_init (HoneExampleItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = hone_example_item_finalize;
  object_class->get_property = hone_example_item_get_property;

  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
hone_example_item_init (HoneExampleItem *self)
{
}

/**
 * hone_example_item_new:
 * @id: of an example
 *
 * Returns: (transfer full): a placeholder
 */
HoneExampleItem *
hone_example_item_new (gint64 id)
{
  HoneExampleItem *self = g_object_new (HONE_TYPE_EXAMPLE_ITEM, NULL);

  self->id = id;
  return self;
}

/**
 * hone_example_item_get_id:
 * @self: an item
 *
 * Returns: id of its example
 */
gint64
hone_example_item_get_id (HoneExampleItem *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_ITEM (self), 0);

  return self->id;
}

/**
 * hone_example_item_get_example:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): the text, once it was read; valid until `notify::loaded`
 */
const HoneExample *
hone_example_item_get_example (HoneExampleItem *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_ITEM (self), NULL);

  return self->row ? self->row->example : NULL;
}

/**
 * hone_example_item_get_answer:
 * @self: an item
 *
 * Returns: (transfer none) (nullable): what the iteration of the list answered; valid until `notify::loaded`
 */
const HoneItemAnswer *
hone_example_item_get_answer (HoneExampleItem *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_ITEM (self), NULL);

  return self->row ? self->row->answer : NULL;
}

/**
 * hone_example_item_set_row:
 * @self: an item
 * @row: (transfer full): what was read
 *
 * Fills the placeholder, or puts newer contents into it.
 */
void
hone_example_item_set_row (HoneExampleItem *self,
                           HoneExampleRow  *row)
{
  g_return_if_fail (HONE_IS_EXAMPLE_ITEM (self) && row);

  g_clear_pointer (&self->row, hone_example_row_free);
  self->row = row;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}
