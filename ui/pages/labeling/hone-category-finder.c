/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-category-finder.h"
#include "model/hone-category-search.h"
#include "model/hone-words.h"

struct _HoneCategoryFinder {
  GtkBox              parent_instance;

  HoneOntology       *ontology;    /* (nullable) */
  GArray             *found;       /* of guint: positions in the ontology of what is listed */

  GtkEditable        *entry;
  GtkListView        *list;
  GtkSingleSelection *selection;
  GtkLabel           *chosen;
};

enum {
  PICKED,
  CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoneCategoryFinder, hone_category_finder, GTK_TYPE_BOX)

static void
search (HoneCategoryFinder *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  if (!self->ontology)
    return;
  g_clear_pointer (&self->found, g_array_unref);
  self->found = hone_category_search (self->ontology, gtk_editable_get_text (self->entry));
  for (guint i = 0; i < self->found->len; i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, g_array_index (self->found, guint, i));

      if (category->definition && *category->definition)
        gtk_string_list_take (names, g_strdup_printf ("%s – %s", category->name, category->definition));
      else
        gtk_string_list_append (names, category->name);
    }
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (names));
}

static void
pick (HoneCategoryFinder *self,
      guint               place)
{
  guint id;

  if (!self->found || place >= self->found->len)
    return;
  id = hone_ontology_get_nth (self->ontology, g_array_index (self->found, guint, place))->id;
  gtk_editable_set_text (self->entry, "");
  g_signal_emit (self, signals[PICKED], 0, id);
}

static void
on_activate (HoneCategoryFinder *self)
{
  if (hone_category_finder_is_empty (self))
    g_signal_emit (self, signals[CONFIRMED], 0);
  else
    pick (self, gtk_single_selection_get_selected (self->selection));
}

static void
on_row (HoneCategoryFinder *self,
        guint               place)
{
  pick (self, place);
}

/* Up and Down go through the list while one types. */
static gboolean
on_key (HoneCategoryFinder *self,
        guint               keyval)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  guint place = gtk_single_selection_get_selected (self->selection);

  if (!n || (keyval != GDK_KEY_Down && keyval != GDK_KEY_Up))
    return FALSE;
  place = keyval == GDK_KEY_Down ? MIN (place + 1, n - 1) : place - (place > 0);
  gtk_single_selection_set_selected (self->selection, place);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", place);
  return TRUE;
}

static void
hone_category_finder_finalize (GObject *object)
{
  HoneCategoryFinder *self = HONE_CATEGORY_FINDER (object);

  g_clear_pointer (&self->ontology, hone_ontology_unref);
  g_clear_pointer (&self->found, g_array_unref);
  G_OBJECT_CLASS (hone_category_finder_parent_class)->finalize (object);
}

static void
hone_category_finder_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HONE_TYPE_CATEGORY_FINDER);
  G_OBJECT_CLASS (hone_category_finder_parent_class)->dispose (object);
}

static gboolean
hone_category_finder_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (HONE_CATEGORY_FINDER (widget)->entry));
}

static void
hone_category_finder_class_init (HoneCategoryFinderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_category_finder_dispose;
  G_OBJECT_CLASS (klass)->finalize = hone_category_finder_finalize;
  widget_class->grab_focus = hone_category_finder_grab_focus;

  signals[PICKED] = g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CONFIRMED] = g_signal_new ("confirmed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/labeling/hone-category-finder.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneCategoryFinder, entry);
  gtk_widget_class_bind_template_child (widget_class, HoneCategoryFinder, list);
  gtk_widget_class_bind_template_child (widget_class, HoneCategoryFinder, selection);
  gtk_widget_class_bind_template_child (widget_class, HoneCategoryFinder, chosen);
  gtk_widget_class_bind_template_callback (widget_class, search);
  gtk_widget_class_bind_template_callback (widget_class, on_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
hone_category_finder_init (HoneCategoryFinder *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_category_finder_set_ontology:
 * @self: a finder
 * @ontology: the categories
 *
 * Lists them all until something is typed.
 */
void
hone_category_finder_set_ontology (HoneCategoryFinder *self,
                                   HoneOntology       *ontology)
{
  HoneOntology *held;

  g_return_if_fail (HONE_IS_CATEGORY_FINDER (self) && ontology);

  held = hone_ontology_ref (ontology);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
  self->ontology = held;
  search (self);
}

/**
 * hone_category_finder_show:
 * @self: a finder
 * @chosen: (nullable): categories that the text has
 *
 * Names them above the list.
 */
void
hone_category_finder_show (HoneCategoryFinder    *self,
                           const HoneCategorySet *chosen)
{
  g_autofree char *names = NULL;

  g_return_if_fail (HONE_IS_CATEGORY_FINDER (self));

  names = chosen && self->ontology ? hone_words_categories (self->ontology, chosen) : g_strdup (_("nothing chosen"));
  gtk_label_set_text (self->chosen, names);
}

/**
 * hone_category_finder_is_empty:
 * @self: a finder
 *
 * Returns: whether nothing is typed
 */
gboolean
hone_category_finder_is_empty (HoneCategoryFinder *self)
{
  g_return_val_if_fail (HONE_IS_CATEGORY_FINDER (self), TRUE);

  return *gtk_editable_get_text (self->entry) == 0;
}
