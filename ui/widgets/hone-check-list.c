/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-check-list.h"

struct _HoneCheckList {
  GtkWidget  parent_instance;

  GArray    *lines;     /* of Line */
  gboolean   setting;   /* not the user */
};

typedef struct {
  gint64     id;
  char      *group;      /* (nullable) */
  GtkWidget *heading;    /* (nullable) */
  GtkWidget *check;
  GtkLabel  *label, *value;
} Line;

static guint toggled_signal;

G_DEFINE_FINAL_TYPE (HoneCheckList, hone_check_list, GTK_TYPE_WIDGET)

static void
line_clear (gpointer data)
{
  Line *line = data;

  g_clear_pointer (&line->group, g_free);
  g_clear_pointer (&line->heading, gtk_widget_unparent);
  g_clear_pointer (&line->check, gtk_widget_unparent);
}

static void
on_toggled (HoneCheckList  *self,
            GtkCheckButton *check)
{
  if (self->setting)
    return;
  for (guint i = 0; i < self->lines->len; i++)
    if (g_array_index (self->lines, Line, i).check == GTK_WIDGET (check))
      {
        g_signal_emit (self, toggled_signal, 0, g_array_index (self->lines, Line, i).id, gtk_check_button_get_active (check));
        return;
      }
}

static GtkLabel *
new_label (float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  return GTK_LABEL (label);
}

static GtkWidget *
new_heading (const char *group)
{
  GtkWidget *heading = gtk_label_new (group);

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_label_set_ellipsize (GTK_LABEL (heading), PANGO_ELLIPSIZE_END);
  gtk_widget_set_tooltip_text (heading, group);
  gtk_widget_set_margin_top (heading, 6);
  gtk_widget_add_css_class (heading, "caption-heading");
  return heading;
}

static void
add_line (HoneCheckList   *self,
          const HoneCheck *check,
          gboolean         with_heading)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  Line line = { check->id, g_strdup (check->group), NULL, gtk_check_button_new (), new_label (0), new_label (1) };

  gtk_label_set_ellipsize (line.label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (line.label), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (line.value), "numeric");
  gtk_widget_add_css_class (GTK_WIDGET (line.value), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (line.label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (line.value));
  gtk_check_button_set_child (GTK_CHECK_BUTTON (line.check), box);
  g_signal_connect_object (line.check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  if (with_heading)
    {
      line.heading = new_heading (check->group);
      gtk_widget_set_parent (line.heading, GTK_WIDGET (self));
    }
  gtk_widget_set_parent (line.check, GTK_WIDGET (self));
  g_array_append_val (self->lines, line);
}

static gboolean
has_lines (HoneCheckList   *self,
           const HoneCheck *checks,
           gsize            n_checks)
{
  if (self->lines->len != n_checks)
    return FALSE;
  for (gsize i = 0; i < n_checks; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);

      if (line->id != checks[i].id || g_strcmp0 (line->group, checks[i].group) != 0)
        return FALSE;
    }
  return TRUE;
}

static void
show_line (const Line      *line,
           const HoneCheck *check)
{
  g_autofree char *name = g_strjoin (" ", check->label, check->value, NULL);

  gtk_label_set_label (line->label, check->label);
  gtk_label_set_label (line->value, check->value ? check->value : "");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (line->check), check->checked);
  gtk_widget_set_sensitive (line->check, check->sensitive);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line->check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (check->group)
    gtk_accessible_update_property (GTK_ACCESSIBLE (line->check), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, check->group, -1);
}

static void
hone_check_list_dispose (GObject *object)
{
  g_array_set_size (HONE_CHECK_LIST (object)->lines, 0);
  G_OBJECT_CLASS (hone_check_list_parent_class)->dispose (object);
}

static void
hone_check_list_finalize (GObject *object)
{
  g_array_unref (HONE_CHECK_LIST (object)->lines);
  G_OBJECT_CLASS (hone_check_list_parent_class)->finalize (object);
}

static void
hone_check_list_class_init (HoneCheckListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_check_list_dispose;
  object_class->finalize = hone_check_list_finalize;
  toggled_signal = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hone_check_list_init (HoneCheckList *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_array_set_clear_func (self->lines, line_clear);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
}

/**
 * hone_check_list_set:
 * @self: a list
 * @checks: (array length=n_checks): what to show
 * @n_checks: how many
 */
void
hone_check_list_set (HoneCheckList   *self,
                     const HoneCheck *checks,
                     gsize            n_checks)
{
  g_return_if_fail (HONE_IS_CHECK_LIST (self));

  self->setting = TRUE;
  if (!has_lines (self, checks, n_checks))
    {
      g_array_set_size (self->lines, 0);
      for (gsize i = 0; i < n_checks; i++)
        add_line (self, &checks[i], checks[i].group && (i == 0 || g_strcmp0 (checks[i].group, checks[i - 1].group) != 0));
    }
  for (gsize i = 0; i < n_checks; i++)
    show_line (&g_array_index (self->lines, Line, i), &checks[i]);
  self->setting = FALSE;
}
