/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Columns of text on a terminal. */
#include "config.h"

#include "hone-cli-table.h"
#include "hone-cli.h"

struct _HoneCliTable {
  GPtrArray *cells;   /* row-major */
  gsize      n_columns, n_left;
};

/**
 * hone_cli_table_new:
 * @n_columns: how many columns
 * @n_left: how many of them, from the first, stand at the left
 *
 * Returns: (transfer full): an empty table
 */
HoneCliTable *
hone_cli_table_new (gsize n_columns,
                    gsize n_left)
{
  HoneCliTable *self = g_new0 (HoneCliTable, 1);

  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->n_columns = n_columns;
  self->n_left = n_left;
  return self;
}

/**
 * hone_cli_table_take:
 * @self: a table
 * @cell: (transfer full): text of the next cell, row after row
 */
void
hone_cli_table_take (HoneCliTable *self,
                     char         *cell)
{
  g_ptr_array_add (self->cells, cell);
}

/**
 * hone_cli_table_add:
 * @self: a table
 * @cell: text of the next cell
 */
void
hone_cli_table_add (HoneCliTable *self,
                    const char   *cell)
{
  hone_cli_table_take (self, g_strdup (cell));
}

/**
 * hone_cli_table_count:
 * @self: a table
 * @count: number of the next cell
 */
void
hone_cli_table_count (HoneCliTable *self,
                      guint64       count)
{
  hone_cli_table_take (self, g_strdup_printf ("%" G_GUINT64_FORMAT, count));
}

/**
 * hone_cli_text_width:
 * @text: UTF-8
 *
 * Returns: the columns it takes on a terminal
 */
gsize
hone_cli_text_width (const char *text)
{
  gsize width = 0;

  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/**
 * hone_cli_table_print:
 * @self: (transfer full): a table with whole rows
 *
 * Prints the table, two blanks between columns.
 */
void
hone_cli_table_print (HoneCliTable *self)
{
  g_autofree gsize *widths = g_new0 (gsize, self->n_columns);

  for (guint i = 0; i < self->cells->len; i++)
    widths[i % self->n_columns] = MAX (widths[i % self->n_columns], hone_cli_text_width (g_ptr_array_index (self->cells, i)));
  for (guint i = 0; i < self->cells->len; i++)
    {
      const char *cell = g_ptr_array_index (self->cells, i);
      gsize column = i % self->n_columns, padding = widths[column] - hone_cli_text_width (cell);
      gboolean last = column + 1 == self->n_columns;

      if (column < self->n_left)
        hone_cli_print ("%s%*s", cell, last ? 0 : (int) padding, "");
      else
        hone_cli_print ("%*s%s", (int) padding, "", cell);
      hone_cli_print_text (last ? "\n" : "  ");
    }
  g_ptr_array_unref (self->cells);
  g_free (self);
}
