/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-item-table.h"

struct _HoneItemTable {
  GHashTable *items;   /* position -> HoneExampleItem */
};

static void
item_gone (gpointer  data,
           GObject  *item)
{
  HoneItemTable *self = data;
  GHashTableIter iter;
  gpointer position, value;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &position, &value))
    if (value == (gpointer) item)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

/**
 * hone_item_table_new:
 *
 * Returns: (transfer full): an empty table
 */
HoneItemTable *
hone_item_table_new (void)
{
  HoneItemTable *self = g_new0 (HoneItemTable, 1);

  self->items = g_hash_table_new (NULL, NULL);
  return self;
}

/**
 * hone_item_table_free:
 * @self: (transfer full): a table
 */
void
hone_item_table_free (HoneItemTable *self)
{
  g_return_if_fail (self);

  hone_item_table_clear (self);
  g_hash_table_unref (self->items);
  g_free (self);
}

/**
 * hone_item_table_clear:
 * @self: a table
 *
 * Forgets all items.
 */
void
hone_item_table_clear (HoneItemTable *self)
{
  GHashTableIter iter;
  gpointer item;

  g_return_if_fail (self);

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (item, item_gone, self);
  g_hash_table_remove_all (self->items);
}

/**
 * hone_item_table_add:
 * @self: a table
 * @position: where no item is known so far
 * @item: the item there
 */
void
hone_item_table_add (HoneItemTable   *self,
                     guint            position,
                     HoneExampleItem *item)
{
  g_return_if_fail (self && HONE_IS_EXAMPLE_ITEM (item));

  g_object_weak_ref (G_OBJECT (item), item_gone, self);
  g_hash_table_insert (self->items, GUINT_TO_POINTER (position), item);
}

/**
 * hone_item_table_lookup:
 * @self: a table
 * @position: in the list
 *
 * Returns: (transfer none) (nullable): the item there, if somebody holds it
 */
HoneExampleItem *
hone_item_table_lookup (HoneItemTable *self,
                        guint          position)
{
  g_return_val_if_fail (self, NULL);

  return g_hash_table_lookup (self->items, GUINT_TO_POINTER (position));
}

/**
 * hone_item_table_list:
 * @self: a table
 *
 * Returns: (transfer full) (element-type guint): positions of the items that somebody holds, in no order
 */
GArray *
hone_item_table_list (HoneItemTable *self)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  GHashTableIter iter;
  gpointer key;

  g_return_val_if_fail (self, NULL);

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      guint position = GPOINTER_TO_UINT (key);

      g_array_append_val (positions, position);
    }
  return positions;
}

/**
 * hone_item_table_splice:
 * @self: a table
 * @position: where the list changes
 * @removed: how many items leave there
 * @added: how many come there
 */
void
hone_item_table_splice (HoneItemTable *self,
                        guint          position,
                        guint          removed,
                        guint          added)
{
  g_autoptr(GHashTable) old = NULL;
  GHashTableIter iter;
  gpointer key, item;

  g_return_if_fail (self);

  old = g_steal_pointer (&self->items);
  self->items = g_hash_table_new (NULL, NULL);
  g_hash_table_iter_init (&iter, old);
  while (g_hash_table_iter_next (&iter, &key, &item))
    {
      guint at = GPOINTER_TO_UINT (key);

      if (at < position)
        g_hash_table_insert (self->items, key, item);
      else if (at >= position + removed)
        g_hash_table_insert (self->items, GUINT_TO_POINTER (at - removed + added), item);
      else
        g_object_weak_unref (item, item_gone, self);
    }
}
