/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables on pages: columns as wide as they need, words wrapped where they must, the header again on every page. */
#include "config.h"

#include <math.h>

#include "hone-report-pages-private.h"

#define SIZE 8.5
#define MIN_SIZE 5.0
#define PADDING 8.0
#define ROW_PADDING 3.0
#define MAX_SAMPLED_ROWS 200

typedef struct {
  HonePages             *pages;
  const HoneReportTable *table;
  double                *widths;
  double                 size;
} Columns;

static PangoLayout *
make_cell (const Columns *self,
           gsize          row,
           gsize          column,
           double         width)
{
  g_autofree char *below = NULL, *value = hone_report_table_split_cell (self->table, row, column, &below);
  g_autofree char *text = g_strconcat (value, below ? "\n" : NULL, below, NULL);
  PangoLayout *layout = hone_pages_layout (self->pages, text, self->size, row == 0 || hone_report_table_is_strong (self->table, row, column), width);

  if (column >= self->table->n_words)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  return layout;
}

/* How wide a column would like to be, and how narrow it can be: numbers and headers of one word do not break. */
static void
measure_column (const Columns *self,
                gsize          column,
                double        *wanted,
                double        *least)
{
  gsize n_rows = hone_report_table_get_n_rows (self->table);

  *wanted = *least = 0.0;
  for (gsize row = 0; row <= MIN (n_rows, MAX_SAMPLED_ROWS); row++)
    {
      g_autoptr(PangoLayout) wide = make_cell (self, row, column, 0.0);
      g_autoptr(PangoLayout) narrow = make_cell (self, row, column, 0.1);
      double width;

      hone_pages_measure (wide, &width);
      *wanted = MAX (*wanted, width);
      if (row > 0 && (column >= self->table->n_words || hone_report_table_is_short (self->table, row, column)))
        {
          *least = MAX (*least, width);
          continue;
        }
      pango_layout_set_wrap (narrow, PANGO_WRAP_WORD);
      hone_pages_measure (narrow, &width);
      *least = MAX (*least, MIN (width, self->size * 9.0));
    }
}

static double
sum (const double *widths,
     gsize         n)
{
  double total = 0.0;

  for (gsize i = 0; i < n; i++)
    total += widths[i] + PADDING;
  return total;
}

/* Columns get what they want where there is room, else their least and a share of the rest by what they lack. */
static void
set_widths (Columns *self)
{
  gsize n = self->table->n_columns;
  g_autofree double *wanted = g_new0 (double, n), *least = g_new0 (double, n);
  double room = hone_pages_get_room (self->pages), lacking, rest;

  for (;;)
    {
      for (gsize column = 0; column < n; column++)
        measure_column (self, column, &wanted[column], &least[column]);
      if (sum (least, n) <= room || self->size <= MIN_SIZE)
        break;
      self->size = MAX (self->size * 0.9, MIN_SIZE);
    }
  lacking = sum (wanted, n) - sum (least, n);
  rest = room - sum (least, n);
  for (gsize column = 0; column < n; column++)
    {
      double more = wanted[column] - least[column];

      self->widths[column] = lacking <= rest ? wanted[column] : least[column] + MAX (rest, 0.0) * (lacking > 0.0 ? more / lacking : 0.0);
      self->widths[column] = ceil (self->widths[column] * 10.0) / 10.0 + 0.2;
    }
}

static double
show_row (const Columns *self,
          gsize          row,
          double         y,
          gboolean       show)
{
  double x = HONE_PAGE_MARGIN, height = 0.0;

  for (gsize column = 0; column < self->table->n_columns; column++)
    {
      g_autoptr(PangoLayout) layout = make_cell (self, row, column, self->widths[column]);
      const char *tag = row == 0 ? "TH" : "TD";

      height = MAX (height, hone_pages_measure (layout, NULL));
      if (show)
        {
          hone_pages_tag (self->pages, tag);
          hone_pages_show (self->pages, layout, x, y + ROW_PADDING, &self->pages->style.text);
          hone_pages_tag_end (self->pages, tag);
        }
      x += self->widths[column] + PADDING;
    }
  return height + 2.0 * ROW_PADDING;
}

static void
draw_rule (const Columns *self,
           double         y,
           double         width)
{
  HonePages *pages = self->pages;

  if (pages->counting)
    return;
  cairo_set_source_rgb (pages->cr, pages->style.grid.red, pages->style.grid.green, pages->style.grid.blue);
  cairo_set_line_width (pages->cr, width);
  cairo_move_to (pages->cr, HONE_PAGE_MARGIN, y);
  cairo_line_to (pages->cr, HONE_PAGE_MARGIN + sum (self->widths, self->table->n_columns) - PADDING, y);
  cairo_stroke (pages->cr);
}

static void
put_row (const Columns *self,
         gsize          row,
         double         height)
{
  HonePages *pages = self->pages;

  hone_pages_tag (pages, "TR");
  show_row (self, row, pages->y, TRUE);
  hone_pages_tag_end (pages, "TR");
  pages->y += height;
  draw_rule (self, pages->y, row == 0 ? 1.0 : 0.4);
}

static void
put_caption (HonePages  *self,
             const char *caption)
{
  g_autoptr(PangoLayout) layout = hone_pages_layout (self, caption, SIZE, FALSE, hone_pages_get_room (self));
  double height = hone_pages_measure (layout, NULL);

  hone_pages_tag (self, "Caption");
  hone_pages_show (self, layout, HONE_PAGE_MARGIN, self->y, &self->style.dim);
  hone_pages_tag_end (self, "Caption");
  self->y += height + 3.0;
}

void
hone_pages_table (HonePages             *self,
                  const HoneReportTable *table)
{
  gsize n_rows = hone_report_table_get_n_rows (table);
  g_autofree double *widths = g_new0 (double, MAX (table->n_columns, 1));
  Columns columns = { self, table, widths, SIZE };
  double header, first;

  set_widths (&columns);
  header = show_row (&columns, 0, 0.0, FALSE);
  first = n_rows > 0 ? show_row (&columns, 1, 0.0, FALSE) : 0.0;
  hone_pages_need (self, header + 2.0 * first + 24.0);
  hone_pages_tag (self, "Table");
  if (table->caption)
    put_caption (self, table->caption);
  put_row (&columns, 0, header);
  for (gsize row = 1; row <= n_rows; row++)
    {
      double height = show_row (&columns, row, 0.0, FALSE);
      guint page = self->page;

      if (hone_pages_get_left (self) < height)
        {
          /* The part of a table on each page is a table of its own to those who follow the tags. */
          hone_pages_tag_end (self, "Table");
          hone_pages_need (self, height);
          hone_pages_tag (self, "Table");
          if (self->page != page)
            put_row (&columns, 0, header);
        }
      put_row (&columns, row, height);
    }
  hone_pages_tag_end (self, "Table");
  self->y += 14.0;
}
