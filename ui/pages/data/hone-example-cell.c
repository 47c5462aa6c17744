/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-example-cell.h"
#include "model/hone-words.h"

/* Characters that a column has room for, least and where the list is wide; the text gets what is left. The same for any words: columns
 * keep their width while rows go by. */
static const struct {
  guint min, nat;
} widths[HONE_N_CELLS] = {
  [HONE_CELL_TEXT] = { 24, 80 },
  [HONE_CELL_LABEL] = { 14, 18 },
  [HONE_CELL_SPLIT] = { 10, 10 },
  [HONE_CELL_ANSWER] = { 18, 24 },
};

#define MAX_CHARS 400   /* of a text in the list: more is never seen, and long lines are slow to lay out */

struct _HoneExampleCell {
  AdwBin           parent_instance;

  HoneCellKind     kind;
  GtkListItem     *place;      /* owns the cell */
  HoneExampleItem *item;       /* (nullable) */
  gulong           loaded;     /* handler on item */
  HoneOntology    *ontology;   /* (nullable) */
  GtkWidget       *text;       /* (nullable): all kinds but the flag */
  GtkWidget       *icon;       /* (nullable): the flag */
};

G_DEFINE_FINAL_TYPE (HoneExampleCell, hone_example_cell, ADW_TYPE_BIN)

static char *
text_words (const HoneExample *example)
{
  return g_utf8_strlen (example->text, MAX_CHARS + 1) > MAX_CHARS ? g_utf8_substring (example->text, 0, MAX_CHARS)
                                                                  : g_strdup (example->text);
}

static char *
label_words (const HoneExample  *example,
             const HoneOntology *ontology)
{
  switch (example->reference_state)
    {
    case HONE_REFERENCE_LABELLED: return hone_words_categories (ontology, example->reference);
    case HONE_REFERENCE_DISPUTED: return g_strdup (_("Disputed"));
    case HONE_REFERENCE_NONE:
    default:                      return g_strdup ("");
    }
}

static char *
answer_words (const HoneExample    *example,
              const HoneItemAnswer *answer,
              const HoneOntology   *ontology)
{
  gboolean labelled = example->reference_state == HONE_REFERENCE_LABELLED;
  g_autofree char *names = NULL;
  const char *sign;

  if (!answer)
    return g_strdup ("");
  if (example->split == HONE_SPLIT_TEST)
    return g_strdup (_("Sealed"));
  names = answer->outcome == HONE_OUTCOME_ANSWERED && answer->categories ? hone_words_categories (ontology, answer->categories)
                                                                        : g_strdup (hone_words_outcome (answer->outcome));
  sign = labelled && answer->categories && !hone_category_set_equal (answer->categories, example->reference) ? "≠ " : "";
  return isnan (answer->confidence) ? g_strconcat (sign, names, NULL) : g_strdup_printf ("%.2f  %s%s", answer->confidence, sign, names);
}

static char *
words_of (HoneExampleCell      *self,
          const HoneExample    *example,
          const HoneItemAnswer *answer)
{
  switch (self->kind)
    {
    case HONE_CELL_TEXT:   return text_words (example);
    case HONE_CELL_LABEL:  return label_words (example, self->ontology);
    case HONE_CELL_SPLIT:  return g_strdup (hone_words_split (example->split));
    case HONE_CELL_ANSWER: return answer_words (example, answer, self->ontology);
    case HONE_CELL_FLAG:
    default:               g_return_val_if_reached (NULL);
    }
}

/* Why an answer is not shown, or what the sign before it means. Asked when the pointer rests: to set a tooltip for each row that scrolls
 * by would ask the display server where the pointer is each time. */
static gboolean
query_tooltip (GtkWidget       *text,
               int              x,
               int              y,
               gboolean         keyboard,
               GtkTooltip      *tooltip,
               HoneExampleCell *self)
{
  const HoneExample *example = self->item ? hone_example_item_get_example (self->item) : NULL;
  const char *words = gtk_inscription_get_text (GTK_INSCRIPTION (text));

  if (!example || !words || !*words || (example->split != HONE_SPLIT_TEST && !strstr (words, "≠ ")))
    return FALSE;
  gtk_tooltip_set_text (tooltip, example->split == HONE_SPLIT_TEST
                                   ? _("Labels and answers of the test texts are not shown together in the list")
                                   : _("The answer is not the label"));
  return TRUE;
}

static void
update (HoneExampleCell *self)
{
  const HoneExample *example = self->item ? hone_example_item_get_example (self->item) : NULL;
  g_autofree char *words = NULL;

  if (self->kind == HONE_CELL_FLAG)
    {
      gtk_widget_set_visible (self->icon, example && example->flag);
      return;
    }
  words = example && self->ontology ? words_of (self, example, hone_example_item_get_answer (self->item)) : g_strdup ("");
  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), words);
}

static void
forget (HoneExampleCell *self)
{
  g_clear_signal_handler (&self->loaded, self->item);
  g_clear_object (&self->item);
  g_clear_pointer (&self->ontology, hone_ontology_unref);
}

static void
hone_example_cell_dispose (GObject *object)
{
  HoneExampleCell *self = HONE_EXAMPLE_CELL (object);

  forget (self);
  self->place = NULL;
  G_OBJECT_CLASS (hone_example_cell_parent_class)->dispose (object);
}

static void
hone_example_cell_class_init (HoneExampleCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = hone_example_cell_dispose;
}

static void
hone_example_cell_init (HoneExampleCell *self)
{
}

static GtkWidget *
new_icon (void)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("starred-symbolic");

  gtk_widget_set_visible (icon, FALSE);
  gtk_widget_set_tooltip_text (icon, _("Flagged"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Flagged"), -1);
  return icon;
}

/* Unlike a label it takes what room there is without measuring its words: hundreds are made and scrolled at once. */
static GtkWidget *
new_text (HoneCellKind kind)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), 0);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), widths[kind].min);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), widths[kind].nat);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  if (kind == HONE_CELL_ANSWER)
    gtk_widget_add_css_class (text, "numeric");
  return text;
}

/**
 * hone_example_cell_new:
 * @kind: what it shows of a text
 * @place: the place in the list that it becomes the child of
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
hone_example_cell_new (HoneCellKind  kind,
                       GtkListItem  *place)
{
  HoneExampleCell *self = g_object_new (HONE_TYPE_EXAMPLE_CELL, NULL);

  self->kind = kind;
  self->place = place;
  if (kind == HONE_CELL_FLAG)
    self->icon = new_icon ();
  else
    self->text = new_text (kind);
  if (kind == HONE_CELL_ANSWER)
    {
      gtk_widget_set_has_tooltip (self->text, TRUE);
      g_signal_connect_object (self->text, "query-tooltip", G_CALLBACK (query_tooltip), self, 0);
    }
  adw_bin_set_child (ADW_BIN (self), self->icon ? self->icon : self->text);
  return GTK_WIDGET (self);
}

/**
 * hone_example_cell_show:
 * @self: a cell
 * @item: (nullable): a text of the list, followed while it is shown
 * @ontology: (nullable): names of the categories
 */
void
hone_example_cell_show (HoneExampleCell *self,
                        HoneExampleItem *item,
                        HoneOntology    *ontology)
{
  g_return_if_fail (HONE_IS_EXAMPLE_CELL (self));

  forget (self);
  if (item)
    {
      self->item = g_object_ref (item);
      self->loaded = g_signal_connect_object (item, "notify::loaded", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      self->ontology = hone_ontology_ref (ontology);
    }
  update (self);
}

/**
 * hone_example_cell_get_position:
 * @self: a cell
 *
 * Returns: where its text stands in the list, %GTK_INVALID_LIST_POSITION where it shows none
 */
guint
hone_example_cell_get_position (HoneExampleCell *self)
{
  g_return_val_if_fail (HONE_IS_EXAMPLE_CELL (self), GTK_INVALID_LIST_POSITION);

  return self->place ? gtk_list_item_get_position (self->place) : GTK_INVALID_LIST_POSITION;
}
