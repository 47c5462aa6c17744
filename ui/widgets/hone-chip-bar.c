/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-chip-bar.h"

struct _HoneChipBar {
  GtkWidget  parent_instance;

  GArray    *shown;   /* of Shown */
};

typedef struct {
  int        id;
  char      *label;
  GtkWidget *button;
} Shown;

static guint removed_signal;

G_DEFINE_FINAL_TYPE (HoneChipBar, hone_chip_bar, GTK_TYPE_WIDGET)

static void
shown_clear (gpointer data)
{
  Shown *shown = data;

  g_clear_pointer (&shown->label, g_free);
  g_clear_pointer (&shown->button, gtk_widget_unparent);
}

static void
on_clicked (HoneChipBar *self,
            GtkWidget   *button)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (g_array_index (self->shown, Shown, i).button == button)
      {
        g_signal_emit (self, removed_signal, 0, g_array_index (self->shown, Shown, i).id);
        return;
      }
}

static GtkWidget *
new_button (HoneChipBar *self,
            const char  *label)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6), *text = gtk_label_new (label);
  g_autofree char *name = g_strdup_printf (_("Remove filter “%s”"), label);

  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 32);
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "chip");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  return button;
}

static void
hone_chip_bar_dispose (GObject *object)
{
  g_array_set_size (HONE_CHIP_BAR (object)->shown, 0);
  G_OBJECT_CLASS (hone_chip_bar_parent_class)->dispose (object);
}

static void
hone_chip_bar_finalize (GObject *object)
{
  g_array_unref (HONE_CHIP_BAR (object)->shown);
  G_OBJECT_CLASS (hone_chip_bar_parent_class)->finalize (object);
}

static void
hone_chip_bar_class_init (HoneChipBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_chip_bar_dispose;
  object_class->finalize = hone_chip_bar_finalize;

  removed_signal = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "chipbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hone_chip_bar_init (HoneChipBar *self)
{
  self->shown = g_array_new (FALSE, FALSE, sizeof (Shown));
  g_array_set_clear_func (self->shown, shown_clear);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Filters"), -1);
}

/**
 * hone_chip_bar_new:
 *
 * Returns: (transfer floating): an empty bar
 */
GtkWidget *
hone_chip_bar_new (void)
{
  return g_object_new (HONE_TYPE_CHIP_BAR, NULL);
}

static gboolean
is_shown (HoneChipBar    *self,
          const HoneChip *chips,
          gsize           n_chips)
{
  if (self->shown->len != n_chips)
    return FALSE;
  for (guint i = 0; i < n_chips; i++)
    {
      const Shown *shown = &g_array_index (self->shown, Shown, i);

      if (shown->id != chips[i].id || !g_str_equal (shown->label, chips[i].label))
        return FALSE;
    }
  return TRUE;
}

/* Place of the chip that has the focus, or -1. */
static int
find_focus (HoneChipBar *self)
{
  for (guint i = 0; i < self->shown->len; i++)
    if (gtk_widget_is_focus (g_array_index (self->shown, Shown, i).button))
      return i;
  return -1;
}

/**
 * hone_chip_bar_set_chips:
 * @self: a bar
 * @chips: (array length=n_chips): what it shows; copied
 * @n_chips: how many
 *
 * Shows other chips. The focus stays in the bar while there are any.
 */
void
hone_chip_bar_set_chips (HoneChipBar    *self,
                         const HoneChip *chips,
                         gsize           n_chips)
{
  int focus;

  g_return_if_fail (HONE_IS_CHIP_BAR (self));

  if (is_shown (self, chips, n_chips))
    return;
  focus = find_focus (self);
  g_array_set_size (self->shown, 0);
  for (gsize i = 0; i < n_chips; i++)
    {
      Shown shown = { chips[i].id, g_strdup (chips[i].label), new_button (self, chips[i].label) };

      gtk_widget_set_parent (shown.button, GTK_WIDGET (self));
      g_array_append_val (self->shown, shown);
    }
  if (focus >= 0 && n_chips)
    gtk_widget_grab_focus (g_array_index (self->shown, Shown, MIN ((guint) focus, n_chips - 1)).button);
}
