/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-iteration-choice.h"

/**
 * hone_iteration_choice_fill:
 * @row: a row
 * @iterations: (element-type HoneIteration): to choose from
 * @last: (nullable): one more choice behind them
 * @chosen: the iteration to choose at first, 0: the newest
 */
void
hone_iteration_choice_fill (AdwComboRow *row,
                            GPtrArray   *iterations,
                            const char  *last,
                            gint64       chosen)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  gint64 newest = 0;
  guint selected = 0;

  g_return_if_fail (ADW_IS_COMBO_ROW (row) && iterations);

  for (guint i = 0; i < iterations->len; i++)
    {
      const HoneIteration *iteration = g_ptr_array_index (iterations, i);
      g_autofree char *name = hone_iteration_dup_name (iteration);

      gtk_string_list_append (names, name);
      if (chosen ? iteration->id == chosen : iteration->created >= newest)
        selected = i;
      newest = MAX (newest, iteration->created);
    }
  if (last)
    gtk_string_list_append (names, last);
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, selected);
}

/**
 * hone_iteration_choice_get:
 * @row: a row that was filled
 * @iterations: (element-type HoneIteration): it was filled with
 *
 * Returns: the id of the iteration that is chosen, 0: none
 */
gint64
hone_iteration_choice_get (AdwComboRow *row,
                           GPtrArray   *iterations)
{
  guint selected;

  g_return_val_if_fail (ADW_IS_COMBO_ROW (row) && iterations, 0);

  selected = adw_combo_row_get_selected (row);
  return selected < iterations->len ? ((HoneIteration *) g_ptr_array_index (iterations, selected))->id : 0;
}
