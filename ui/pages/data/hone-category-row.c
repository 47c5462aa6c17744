/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-category-row.h"

struct _HoneCategoryRow {
  AdwExpanderRow     parent_instance;

  HoneCategoryDraft *draft;
  char              *error;                           /* (nullable) */
  GtkWidget         *entries[HONE_N_DRAFT_FIELDS];    /* NULL until the row is opened: hundreds of rows are made at once */
  GtkWidget         *swatch;
};

static guint changed_signal, removed_signal;

G_DEFINE_FINAL_TYPE (HoneCategoryRow, hone_category_row, ADW_TYPE_EXPANDER_ROW)

static const char * const field_names[HONE_N_DRAFT_FIELDS] = {
  [HONE_DRAFT_NAME] = N_("Name"),
  [HONE_DRAFT_KEY] = N_("Key in files and for models (empty: made from the name)"),
  [HONE_DRAFT_DEFINITION] = N_("Definition: what belongs here, and what does not"),
  [HONE_DRAFT_SHORTCUT] = N_("Shortcut for labeling: a letter or digit"),
  [HONE_DRAFT_COLOR] = N_("Colour, such as #3584E4"),
  [HONE_DRAFT_ALIASES] = N_("Other spellings in files, with ; between them"),
};

static void
update (HoneCategoryRow *self)
{
  const char *name = self->draft->values[HONE_DRAFT_NAME], *key = self->draft->values[HONE_DRAFT_KEY];

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), *name ? name : _("New category"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), self->error ? self->error : key);
  if (self->error)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_widget_queue_draw (self->swatch);
}

static void
draw_swatch (GtkDrawingArea *area,
             cairo_t        *cr,
             int             width,
             int             height,
             gpointer        data)
{
  HoneCategoryRow *self = data;
  GdkRGBA color;

  if (!gdk_rgba_parse (&color, self->draft->values[HONE_DRAFT_COLOR]))
    return;
  gdk_cairo_set_source_rgba (cr, &color);
  cairo_arc (cr, width / 2., height / 2., MIN (width, height) / 2., 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
on_entry_changed (HoneCategoryRow *self,
                  GtkWidget       *entry)
{
  for (int i = 0; i < HONE_N_DRAFT_FIELDS; i++)
    if (self->entries[i] == entry)
      hone_set_str (&self->draft->values[i], gtk_editable_get_text (GTK_EDITABLE (entry)));
  update (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
on_remove (HoneCategoryRow *self)
{
  g_signal_emit (self, removed_signal, 0);
}

static GtkWidget *
new_remove_row (HoneCategoryRow *self)
{
  GtkWidget *row = adw_action_row_new (), *button = gtk_button_new_with_mnemonic (_("_Remove"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "destructive-action");
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Not saved yet"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
make_entries (HoneCategoryRow *self)
{
  if (self->entries[0] || !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  for (int i = 0; i < HONE_N_DRAFT_FIELDS; i++)
    {
      self->entries[i] = adw_entry_row_new ();
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entries[i]), _(field_names[i]));
      gtk_editable_set_text (GTK_EDITABLE (self->entries[i]), self->draft->values[i]);
      g_signal_connect_object (self->entries[i], "changed", G_CALLBACK (on_entry_changed), self, G_CONNECT_SWAPPED);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), self->entries[i]);
    }
  if (!self->draft->id)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (self), new_remove_row (self));
}

static void
hone_category_row_finalize (GObject *object)
{
  HoneCategoryRow *self = HONE_CATEGORY_ROW (object);

  hone_category_draft_free (self->draft);
  g_free (self->error);
  G_OBJECT_CLASS (hone_category_row_parent_class)->finalize (object);
}

static void
hone_category_row_class_init (HoneCategoryRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hone_category_row_finalize;

  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  removed_signal = g_signal_new ("removed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hone_category_row_init (HoneCategoryRow *self)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->swatch = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->swatch), 16);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->swatch), 16);
  gtk_widget_set_valign (self->swatch, GTK_ALIGN_CENTER);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->swatch), draw_swatch, self, NULL);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self), self->swatch);
  g_signal_connect (self, "notify::expanded", G_CALLBACK (make_entries), NULL);
}

/**
 * hone_category_row_new:
 * @draft: (transfer full): what to edit
 *
 * Returns: (transfer floating): a closed row
 */
GtkWidget *
hone_category_row_new (HoneCategoryDraft *draft)
{
  HoneCategoryRow *self = g_object_new (HONE_TYPE_CATEGORY_ROW, NULL);

  self->draft = draft;
  update (self);
  return GTK_WIDGET (self);
}

/**
 * hone_category_row_get_draft:
 * @self: a row
 *
 * Returns: (transfer none): the category as it is typed now
 */
HoneCategoryDraft *
hone_category_row_get_draft (HoneCategoryRow *self)
{
  g_return_val_if_fail (HONE_IS_CATEGORY_ROW (self), NULL);

  return self->draft;
}

/**
 * hone_category_row_set_error:
 * @self: a row
 * @message: (nullable): what is wrong with it
 */
void
hone_category_row_set_error (HoneCategoryRow *self,
                             const char      *message)
{
  g_return_if_fail (HONE_IS_CATEGORY_ROW (self));

  if (hone_set_str (&self->error, message))
    update (self);
}
