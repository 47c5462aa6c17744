/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as Markdown with tables: pleasant as it stands and when rendered. Pictures are left out: their tables say the same. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-report-document.h"
#include "hone-report-write.h"

/* Wider matrices are left to other forms: nobody can read them as a table of text. */
#define MAX_COLUMNS 44

/* WORLD_NEWS is no emphasis to Markdown, and “A & B” no entity, “p < 0.1” no tag: these stay as they are. */
static gboolean
is_special (const char *text,
            const char *at)
{
  if (*at == '_')
    return at == text || !g_ascii_isalnum (at[-1]) || !g_ascii_isalnum (at[1]);
  if (*at == '&')
    return g_ascii_isalnum (at[1]) || at[1] == '#';
  if (*at == '<')
    return g_ascii_isalpha (at[1]) || (at[1] && strchr ("/!?", at[1]));
  return strchr ("|\\`*>[]#~", *at) != NULL;
}

/* Whatever a name holds, it must stay inside its cell. */
static char *
escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at; at++)
    {
      if (is_special (text, at))
        g_string_append_c (out, '\\');
      g_string_append_c (out, (guchar) *at < 0x20 ? ' ' : *at);
    }
  return g_string_free (out, FALSE);
}

static void
append_escaped (GString    *out,
                const char *text)
{
  g_autofree char *escaped = escape (text);

  g_string_append (out, escaped);
}

/* ---- a table whose columns line up in the source too ---- */

static void
append_padding (GString *out,
                char     fill,
                gsize    n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_c (out, fill);
}

static void
append_rule (GString               *out,
             const HoneReportTable *table,
             const gsize           *widths)
{
  for (gsize column = 0; column < table->n_columns; column++)
    {
      g_string_append (out, column ? " | " : "| ");
      append_padding (out, '-', column < table->n_words ? widths[column] : widths[column] - 1);
      if (column >= table->n_words)
        g_string_append_c (out, ':');
    }
  g_string_append (out, " |\n");
}

static void
append_row (GString               *out,
            const HoneReportTable *table,
            const gsize           *widths,
            char                 **cells)
{
  for (gsize column = 0; column < table->n_columns; column++)
    {
      gsize padding = widths[column] - g_utf8_strlen (cells[column], -1);

      g_string_append (out, column ? " | " : "| ");
      if (column >= table->n_words)
        append_padding (out, ' ', padding);
      g_string_append (out, cells[column]);
      if (column < table->n_words)
        append_padding (out, ' ', padding);
    }
  g_string_append (out, " |\n");
}

static char *
dup_cell (const HoneReportTable *table,
          gsize                  row,
          gsize                  column)
{
  g_autofree char *escaped = escape (hone_report_table_get_cell (table, row, column));

  if (hone_report_table_is_strong (table, row, column) && g_ascii_isdigit (*escaped))
    return g_strdup_printf ("**%s**", escaped);
  return g_steal_pointer (&escaped);
}

static void
append_table (GString               *out,
              const HoneReportTable *table)
{
  gsize n_rows = hone_report_table_get_n_rows (table) + 1;
  g_autofree gsize *widths = g_new0 (gsize, table->n_columns);
  g_autoptr(GPtrArray) cells = g_ptr_array_new_with_free_func (g_free);

  if (table->caption)
    append_escaped (out, table->caption);
  g_string_append (out, table->caption ? "\n\n" : "");
  if (table->n_columns > MAX_COLUMNS)
    {
      g_string_append (out, _("This table is too wide for text; the HTML, PDF and JSON reports hold it."));
      g_string_append (out, "\n\n");
      return;
    }
  for (gsize i = 0; i < n_rows * table->n_columns; i++)
    {
      char *cell = dup_cell (table, i / table->n_columns, i % table->n_columns);

      g_ptr_array_add (cells, cell);
      widths[i % table->n_columns] = MAX (widths[i % table->n_columns], (gsize) MAX (g_utf8_strlen (cell, -1), 3));
    }
  for (gsize row = 0; row < n_rows; row++)
    {
      append_row (out, table, widths, (char **) &cells->pdata[row * table->n_columns]);
      if (row == 0)
        append_rule (out, table, widths);
    }
  g_string_append_c (out, '\n');
}

/* ---- blocks ---- */

static void
append_items (GString               *out,
              const HoneReportBlock *block)
{
  for (guint i = 0; i < block->items->len; i++)
    {
      g_string_append (out, "- ");
      append_escaped (out, g_ptr_array_index (block->items, i));
      g_string_append_c (out, '\n');
    }
  if (block->items->len > 0)
    g_string_append_c (out, '\n');
}

static void
append_facts (GString               *out,
              const HoneReportBlock *block)
{
  for (guint i = 0; i + 1 < block->items->len; i += 2)
    {
      g_string_append (out, "- ");
      append_escaped (out, g_ptr_array_index (block->items, i));
      g_string_append (out, ": ");
      append_escaped (out, g_ptr_array_index (block->items, i + 1));
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
}

static void
append_line (GString    *out,
             const char *before,
             const char *text)
{
  g_string_append (out, before);
  append_escaped (out, text);
  g_string_append (out, "\n\n");
}

static void
append_block (GString               *out,
              const HoneReportBlock *block)
{
  switch (block->kind)
    {
    case HONE_REPORT_HEADING:
      append_line (out, block->level > 2 ? "### " : "## ", block->text);
      break;
    case HONE_REPORT_QUOTE:
      append_line (out, "> ", block->text);
      break;
    case HONE_REPORT_LIST:
    case HONE_REPORT_WARNINGS:
      append_items (out, block);
      break;
    case HONE_REPORT_FACTS:
      append_facts (out, block);
      break;
    case HONE_REPORT_TABLE:
      append_table (out, block->table);
      break;
    case HONE_REPORT_FIGURE:
      break;
    case HONE_REPORT_PARAGRAPH:
    default:
      append_line (out, "", block->text);
      break;
    }
}

/**
 * hone_report_to_markdown:
 * @self: a report with its project filled in
 *
 * Returns: (transfer full): the report as Markdown
 */
char *
hone_report_to_markdown (const HoneReport *self)
{
  g_autoptr(HoneReportDocument) document = hone_report_document_new (self);
  GString *out = g_string_new (NULL);

  append_line (out, "# ", document->title);
  for (guint i = 0; i < document->blocks->len; i++)
    append_block (out, hone_report_document_get_nth (document, i));
  /* One newline at the end, as text files have it. */
  while (out->len > 1 && out->str[out->len - 2] == '\n')
    g_string_truncate (out, out->len - 1);
  return g_string_free (out, FALSE);
}
