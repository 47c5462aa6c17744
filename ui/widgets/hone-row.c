/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-row.h"

#define LEAST_CHARS 20   /* of a value stand on one line; a shorter one is never broken */

/**
 * hone_row_new:
 * @title: first line
 * @subtitle: (nullable): below it, dimmer
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
hone_row_new (const char *title,
              const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  g_return_val_if_fail (title, row);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  return row;
}

/**
 * hone_row_new_value:
 * @name: what it is about
 * @value: at the end of the row
 *
 * Returns: (transfer floating): a row
 */
GtkWidget *
hone_row_new_value (const char *name,
                    const char *value)
{
  GtkWidget *row = hone_row_new (name, NULL), *label = gtk_label_new (value);
  /* Translators: what a screen reader says of a row: its name and its value */
  g_autofree char *spoken = g_strdup_printf (_("%s: %s"), name, value);

  if (g_utf8_strlen (value, -1) > LEAST_CHARS)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_width_chars (GTK_LABEL (label), LEAST_CHARS);
    }
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (label, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  hone_row_set_spoken (row, spoken);
  return row;
}

/**
 * hone_row_set_spoken:
 * @row: a row
 * @words: its title and what stands beside it
 *
 * What a screen reader says of the row. Newer libadwaita names a row by its title label, which goes before words of our own.
 */
void
hone_row_set_spoken (GtkWidget  *row,
                     const char *words)
{
  g_return_if_fail (GTK_IS_ACCESSIBLE (row) && words);

  gtk_accessible_reset_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

/**
 * hone_row_clear_all:
 * @list: a list of rows
 */
void
hone_row_clear_all (GtkListBox *list)
{
  GtkListBoxRow *row;

  g_return_if_fail (GTK_IS_LIST_BOX (list));

  while ((row = gtk_list_box_get_row_at_index (list, 0)))
    gtk_list_box_remove (list, GTK_WIDGET (row));
}
