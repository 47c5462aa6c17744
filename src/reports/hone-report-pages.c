/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages of a PDF that fill from the top. */
#include "config.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>

#include "hone-report-pages-private.h"

#define SMALL 8.0

double
hone_pages_get_room (const HonePages *self)
{
  return self->width - 2.0 * HONE_PAGE_MARGIN;
}

double
hone_pages_get_left (const HonePages *self)
{
  return self->height - HONE_PAGE_BOTTOM - self->y;
}

void
hone_pages_tag (HonePages  *self,
                const char *tag)
{
  if (!self->counting && !self->sheets)
    cairo_tag_begin (self->cr, tag, NULL);
}

void
hone_pages_tag_end (HonePages  *self,
                    const char *tag)
{
  if (!self->counting && !self->sheets)
    cairo_tag_end (self->cr, tag);
}

/* ---- text ---- */

PangoLayout *
hone_pages_layout (HonePages  *self,
                   const char *text,
                   double      size,
                   gboolean    bold,
                   double      width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");
  g_autofree char *clean = hone_plot_clean_text (text);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  if (width > 0.0)
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      /* A key that is broken gets no hyphen that it does not have. */
      pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
      pango_layout_set_attributes (layout, attributes);
      pango_attr_list_unref (attributes);
      pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
      pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
    }
  pango_layout_set_text (layout, clean, -1);
  return layout;
}

double
hone_pages_measure (PangoLayout *layout,
                    double      *width)
{
  PangoRectangle logical;

  pango_layout_get_extents (layout, NULL, &logical);
  if (width)
    *width = (double) logical.width / PANGO_SCALE;
  return (double) logical.height / PANGO_SCALE;
}

static void
set_color (HonePages           *self,
           const HonePlotColor *color)
{
  cairo_set_source_rgb (self->cr, color->red, color->green, color->blue);
}

static void
note_text (HonePages  *self,
           const char *text,
           gssize      length)
{
  HoneSheet *sheet = self->sheets && self->sheets->len ? g_ptr_array_index (self->sheets, self->sheets->len - 1) : NULL;

  if (!sheet)
    return;
  g_string_append_len (sheet->text, text, length);
  g_string_append_c (sheet->text, '\n');
}

void
hone_pages_show (HonePages           *self,
                 PangoLayout         *layout,
                 double               x,
                 double               y,
                 const HonePlotColor *color)
{
  if (self->counting)
    return;
  set_color (self, color);
  cairo_move_to (self->cr, x, y);
  pango_cairo_show_layout (self->cr, layout);
  note_text (self, pango_layout_get_text (layout), -1);
}

static void
show_line (HonePages           *self,
           PangoLayoutLine     *line,
           double               x,
           double               baseline,
           const HonePlotColor *color)
{
  if (self->counting)
    return;
  set_color (self, color);
  cairo_move_to (self->cr, x, baseline);
  pango_cairo_show_layout_line (self->cr, line);
  note_text (self, pango_layout_get_text (line->layout) + line->start_index, line->length);
}

void
hone_pages_flow (HonePages           *self,
                 const char          *text,
                 double               size,
                 double               indent,
                 const HonePlotColor *color)
{
  g_autoptr(PangoLayout) layout = hone_pages_layout (self, text, size, FALSE, hone_pages_get_room (self) - indent);
  PangoLayoutIter *at;

  pango_layout_set_line_spacing (layout, 1.25f);
  at = pango_layout_get_iter (layout);
  do
    {
      PangoRectangle logical;
      double height, baseline;

      pango_layout_iter_get_line_extents (at, NULL, &logical);
      height = (double) logical.height / PANGO_SCALE;
      hone_pages_need (self, height);
      baseline = (double) (pango_layout_iter_get_baseline (at) - logical.y) / PANGO_SCALE;
      show_line (self, pango_layout_iter_get_line_readonly (at), HONE_PAGE_MARGIN + indent + (double) logical.x / PANGO_SCALE,
                 self->y + baseline, color);
      self->y += height;
    }
  while (pango_layout_iter_next_line (at));
  pango_layout_iter_free (at);
}

/* ---- pages ---- */

static void
show_edge (HonePages  *self,
           const char *text,
           double      y,
           gboolean    right)
{
  g_autoptr(PangoLayout) layout = hone_pages_layout (self, text, SMALL, FALSE, 0.0);
  double width;

  /* A title longer than the page is cut: it stands in full at the beginning. */
  hone_pages_measure (layout, &width);
  if (width > hone_pages_get_room (self))
    {
      pango_layout_set_width (layout, (int) (hone_pages_get_room (self) * PANGO_SCALE));
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_single_paragraph_mode (layout, TRUE);
    }
  hone_pages_show (self, layout, right ? self->width - HONE_PAGE_MARGIN - width : HONE_PAGE_MARGIN, y, &self->style.dim);
}

/* Running header and foot. They are decoration to a reader of the document's structure, so they carry no tag. */
static void
show_edges (HonePages *self)
{
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), self->page, self->n_pages);
  double foot = self->height - HONE_PAGE_BOTTOM + 24.0;

  if (self->counting)
    return;
  if (self->page > 1)
    show_edge (self, self->title, HONE_PAGE_TOP - 34.0, FALSE);
  set_color (self, &self->style.grid);
  cairo_set_line_width (self->cr, 0.5);
  cairo_move_to (self->cr, HONE_PAGE_MARGIN, foot - 6.0);
  cairo_line_to (self->cr, self->width - HONE_PAGE_MARGIN, foot - 6.0);
  cairo_stroke (self->cr);
  show_edge (self, "Hone " PACKAGE_VERSION, foot, FALSE);
  show_edge (self, number, foot, TRUE);
}

static void
begin_sheet (HonePages *self)
{
  HoneSheet *sheet = g_new0 (HoneSheet, 1);

  sheet->width = self->width;
  sheet->height = self->height;
  sheet->surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &(cairo_rectangle_t) { 0, 0, self->width, self->height });
  sheet->text = g_string_new (NULL);
  g_ptr_array_add (self->sheets, sheet);
  self->cr = cairo_create (sheet->surface);
}

void
hone_pages_begin (HonePages *self,
                  double     width,
                  double     height)
{
  self->width = width;
  self->height = height;
  self->y = HONE_PAGE_TOP;
  self->page++;
  if (!self->counting && self->sheets)
    begin_sheet (self);
  else if (!self->counting)
    cairo_pdf_surface_set_size (self->surface, width, height);
  show_edges (self);
}

void
hone_pages_end (HonePages *self)
{
  if (!self->counting && self->sheets)
    g_clear_pointer (&self->cr, cairo_destroy);
  else if (!self->counting)
    cairo_show_page (self->cr);
}

void
hone_pages_need (HonePages *self,
                 double     height)
{
  if (hone_pages_get_left (self) >= height || self->y <= HONE_PAGE_TOP)
    return;
  hone_pages_end (self);
  hone_pages_begin (self, self->page_width, self->page_height);
}
