/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as a sequence of blocks: making and freeing them. What stands in them is hone-report-content.c. */
#include "config.h"

#include <string.h>

#include "hone-report-document.h"

#define SHORT_NAME 16

static void
table_free (HoneReportTable *self)
{
  g_free (self->caption);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

static void
block_free (gpointer data)
{
  HoneReportBlock *self = data;

  g_free (self->text);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->table, table_free);
  g_clear_pointer (&self->figure, hone_report_figure_free);
  g_free (self);
}

HoneReportDocument *
hone_report_document_new_empty (char *title)
{
  HoneReportDocument *self = g_new0 (HoneReportDocument, 1);

  self->title = title;
  self->blocks = g_ptr_array_new_with_free_func (block_free);
  return self;
}

/**
 * hone_report_document_free:
 * @self: (transfer full): a document
 */
void
hone_report_document_free (HoneReportDocument *self)
{
  g_free (self->title);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

/**
 * hone_report_document_get_nth:
 * @self: a document
 * @nth: below the number of blocks
 *
 * Returns: (transfer none): the block
 */
HoneReportBlock *
hone_report_document_get_nth (const HoneReportDocument *self,
                              gsize                     nth)
{
  return g_ptr_array_index (self->blocks, nth);
}

HoneReportBlock *
hone_report_document_add (HoneReportDocument  *self,
                          HoneReportBlockKind  kind,
                          char                *text)
{
  HoneReportBlock *block = g_new0 (HoneReportBlock, 1);

  block->kind = kind;
  block->text = text;
  if (kind == HONE_REPORT_LIST || kind == HONE_REPORT_WARNINGS || kind == HONE_REPORT_FACTS)
    block->items = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->blocks, block);
  return block;
}

void
hone_report_document_heading (HoneReportDocument *self,
                              guint               level,
                              const char         *text)
{
  hone_report_document_add (self, HONE_REPORT_HEADING, g_strdup (text))->level = level;
}

void
hone_report_block_item (HoneReportBlock *self,
                        char            *item)
{
  g_ptr_array_add (self->items, item);
}

void
hone_report_block_fact (HoneReportBlock *self,
                        const char      *name,
                        const char      *value)
{
  if (value == NULL || *value == '\0')
    return;
  hone_report_block_item (self, g_strdup (name));
  hone_report_block_item (self, g_strdup (value));
}

HoneReportTable *
hone_report_document_table (HoneReportDocument *self,
                            char               *caption,
                            guint               n_words)
{
  HoneReportTable *table = g_new0 (HoneReportTable, 1);

  table->caption = caption;
  table->cells = g_ptr_array_new_with_free_func (g_free);
  table->n_words = n_words;
  hone_report_document_add (self, HONE_REPORT_TABLE, NULL)->table = table;
  return table;
}

void
hone_report_table_add (HoneReportTable *self,
                       const char      *cell)
{
  hone_report_table_take (self, g_strdup (cell));
}

void
hone_report_table_take (HoneReportTable *self,
                        char            *cell)
{
  g_ptr_array_add (self->cells, cell);
}

void
hone_report_table_count (HoneReportTable *self,
                         guint64          count)
{
  hone_report_table_take (self, g_strdup_printf ("%" G_GUINT64_FORMAT, count));
}

void
hone_report_table_end_header (HoneReportTable *self)
{
  self->n_columns = self->cells->len;
}

gsize
hone_report_table_get_n_rows (const HoneReportTable *self)
{
  return self->n_columns > 0 ? self->cells->len / self->n_columns - 1 : 0;
}

const char *
hone_report_table_get_cell (const HoneReportTable *self,
                            gsize                  row,
                            gsize                  column)
{
  return g_ptr_array_index (self->cells, row * self->n_columns + column);
}

gboolean
hone_report_table_is_strong (const HoneReportTable *self,
                             gsize                  row,
                             gsize                  column)
{
  return self->matrix && row > 0 && row == column;
}

char *
hone_report_table_split_cell (const HoneReportTable  *self,
                              gsize                   row,
                              gsize                   column,
                              char                  **below)
{
  const char *cell = hone_report_table_get_cell (self, row, column);
  const char *bracket = self->stacked && row > 0 && column >= self->n_words ? strstr (cell, " (") : NULL;

  *below = bracket ? g_strdup (bracket + 1) : NULL;
  return bracket ? g_strndup (cell, bracket - cell) : g_strdup (cell);
}

gboolean
hone_report_table_is_short (const HoneReportTable *self,
                            gsize                  row,
                            gsize                  column)
{
  return column == 0 && row > 0 && g_utf8_strlen (hone_report_table_get_cell (self, row, column), -1) <= SHORT_NAME;
}
