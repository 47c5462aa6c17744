/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-category-pad.h"
#include "model/hone-label-keys.h"

#define LEAST_HEIGHT 64    /* two rows */
#define MOST_HEIGHT  240   /* the text is to have the rest */

struct _HoneCategoryPad {
  AdwBin      parent_instance;

  GtkWidget  *scroller;
  GtkFlowBox *flow;
  GPtrArray  *buttons;   /* of GtkToggleButton, in display order; the flow owns them */
  GPtrArray  *marks;     /* of GtkImage: the sign of each that it is chosen */
  GArray     *ids;       /* of guint: category of each */
  gunichar   *keys;      /* (nullable) */
  gboolean    showing;   /* toggles are set by us, not by the user */
};

enum {
  PICKED,
  EXPLAIN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoneCategoryPad, hone_category_pad, ADW_TYPE_BIN)

/* ---- one button ---- */

static char *
key_words (gunichar key)
{
  char letter[7] = { 0 };

  g_unichar_to_utf8 (key, letter);
  return g_unichar_isupper (key) ? g_strconcat ("⇧", letter, NULL) : g_strdup (letter);
}

static GtkWidget *
new_key (gunichar key)
{
  g_autofree char *words = key ? key_words (key) : g_strdup ("");
  GtkWidget *label = gtk_label_new (words);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "key");
  gtk_widget_add_css_class (label, "numeric");
  return label;
}

/* The mark keeps its place when it is not seen, so that no button changes its width. */
static GtkWidget *
new_mark (void)
{
  GtkWidget *mark = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_widget_set_opacity (mark, 0.0);
  return mark;
}

static void
on_clicked (HoneCategoryPad *self,
            GtkWidget       *button)
{
  guint place;

  if (g_ptr_array_find (self->buttons, button, &place))
    g_signal_emit (self, signals[PICKED], 0, g_array_index (self->ids, guint, place));
}

/* The model decides what is chosen: a toggle that the user made goes back until it says so. */
static void
on_toggled (HoneCategoryPad *self,
            GtkToggleButton *button)
{
  if (self->showing)
    return;
  self->showing = TRUE;
  gtk_toggle_button_set_active (button, !gtk_toggle_button_get_active (button));
  self->showing = FALSE;
}

static void
on_held (HoneCategoryPad *self)
{
  g_signal_emit (self, signals[EXPLAIN], 0);
}

static void
describe (GtkWidget          *button,
          const HoneCategory *category,
          gunichar            key)
{
  g_autofree char *words = key ? key_words (key) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, category->name, -1);
  if (words)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, words, -1);
  if (category->definition && *category->definition)
    gtk_widget_set_tooltip_text (button, category->definition);
}

static GtkWidget *
new_button (HoneCategoryPad    *self,
            const HoneCategory *category,
            gunichar            key)
{
  GtkWidget *button = gtk_toggle_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (category->name), *mark = new_mark ();
  GtkGesture *hold = gtk_gesture_long_press_new ();

  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (name), 0.0);
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (box), new_key (key));
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_button_set_child (GTK_BUTTON (button), box);
  g_ptr_array_add (self->marks, mark);
  describe (button, category, key);
  gtk_widget_add_css_class (button, "category");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (hold), GTK_PHASE_CAPTURE);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (on_held), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (button, GTK_EVENT_CONTROLLER (hold));
  return button;
}

/* ---- room ---- */

/* As high as its rows are at this width, so that they are neither stretched nor cut off; where there is less room they scroll. */
static void
hone_category_pad_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  HoneCategoryPad *self = HONE_CATEGORY_PAD (widget);
  int height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->scroller, orientation, -1, minimum, natural, NULL, NULL);
      return;
    }
  if (for_size < 0)
    gtk_widget_measure (GTK_WIDGET (self->flow), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &for_size, NULL, NULL);
  gtk_widget_measure (GTK_WIDGET (self->flow), orientation, for_size, &height, NULL, NULL, NULL);
  *natural = CLAMP (height, LEAST_HEIGHT, MOST_HEIGHT);
  *minimum = LEAST_HEIGHT;
}

static GtkSizeRequestMode
hone_category_pad_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hone_category_pad_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  gtk_widget_allocate (HONE_CATEGORY_PAD (widget)->scroller, width, height, baseline, NULL);
}

/* ---- the object ---- */

static void
hone_category_pad_finalize (GObject *object)
{
  HoneCategoryPad *self = HONE_CATEGORY_PAD (object);

  g_ptr_array_unref (self->buttons);
  g_ptr_array_unref (self->marks);
  g_array_unref (self->ids);
  g_free (self->keys);
  G_OBJECT_CLASS (hone_category_pad_parent_class)->finalize (object);
}

static void
hone_category_pad_class_init (HoneCategoryPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hone_category_pad_finalize;
  signals[PICKED] = g_signal_new ("picked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[EXPLAIN] = g_signal_new ("explain", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  widget_class->measure = hone_category_pad_measure;
  widget_class->get_request_mode = hone_category_pad_get_request_mode;
  widget_class->size_allocate = hone_category_pad_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "categorypad");
}

static void
hone_category_pad_init (HoneCategoryPad *self)
{
  self->buttons = g_ptr_array_new ();
  self->marks = g_ptr_array_new ();
  self->ids = g_array_new (FALSE, FALSE, sizeof (guint));
  self->flow = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->flow, GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (self->flow, TRUE);
  gtk_flow_box_set_max_children_per_line (self->flow, 8);
  gtk_widget_set_valign (GTK_WIDGET (self->flow), GTK_ALIGN_START);
  gtk_flow_box_set_row_spacing (self->flow, 4);
  gtk_flow_box_set_column_spacing (self->flow, 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->flow), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Categories"), -1);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->flow));
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);   /* that of a bin would ask the scroller, which knows no width */
  adw_bin_set_child (ADW_BIN (self), self->scroller);
}

static void
clear (HoneCategoryPad *self)
{
  GtkWidget *child;

  g_ptr_array_set_size (self->buttons, 0);
  g_ptr_array_set_size (self->marks, 0);
  g_array_set_size (self->ids, 0);
  g_clear_pointer (&self->keys, g_free);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->flow))))
    gtk_flow_box_remove (self->flow, child);
}

/**
 * hone_category_pad_set_ontology:
 * @self: a pad
 * @ontology: categories, not more than %HONE_N_LABEL_KEYS
 *
 * Makes the buttons, in display order.
 */
void
hone_category_pad_set_ontology (HoneCategoryPad    *self,
                                const HoneOntology *ontology)
{
  g_return_if_fail (HONE_IS_CATEGORY_PAD (self) && ontology);

  clear (self);
  self->keys = hone_label_keys_new (ontology);
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);
      GtkWidget *button = new_button (self, category, self->keys[i]);

      g_ptr_array_add (self->buttons, button);
      g_array_append_val (self->ids, category->id);
      gtk_flow_box_append (self->flow, button);
      gtk_widget_set_focusable (gtk_widget_get_parent (button), FALSE);
    }
}

static void
show_one (GtkWidget *button,
          GtkWidget *mark,
          gboolean   chosen,
          gboolean   suggested)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), chosen);
  gtk_widget_set_opacity (mark, chosen ? 1.0 : 0.0);
  if (suggested)
    gtk_widget_add_css_class (button, "suggested");
  else
    gtk_widget_remove_css_class (button, "suggested");
}

/**
 * hone_category_pad_show:
 * @self: a pad
 * @chosen: (nullable): categories that are marked
 * @suggested: (nullable): categories that the model proposes
 *
 * Marks the buttons.
 */
void
hone_category_pad_show (HoneCategoryPad       *self,
                        const HoneCategorySet *chosen,
                        const HoneCategorySet *suggested)
{
  g_return_if_fail (HONE_IS_CATEGORY_PAD (self));

  self->showing = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    {
      guint id = g_array_index (self->ids, guint, i);

      show_one (self->buttons->pdata[i], self->marks->pdata[i], chosen && hone_category_set_contains (chosen, id),
                suggested && hone_category_set_contains (suggested, id));
    }
  self->showing = FALSE;
}

/**
 * hone_category_pad_press:
 * @self: a pad
 * @key: what was pressed; a capital letter means Shift
 *
 * Picks the category with this key.
 *
 * Returns: %FALSE where there is none
 */
gboolean
hone_category_pad_press (HoneCategoryPad *self,
                         gunichar         key)
{
  gsize place;

  g_return_val_if_fail (HONE_IS_CATEGORY_PAD (self), FALSE);

  place = self->keys && key ? hone_label_keys_find (self->keys, self->ids->len, key) : G_MAXSIZE;
  if (place == G_MAXSIZE)
    return FALSE;
  g_signal_emit (self, signals[PICKED], 0, g_array_index (self->ids, guint, place));
  return TRUE;
}
