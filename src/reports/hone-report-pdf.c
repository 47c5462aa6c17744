/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as PDF: pages with text that can be searched, tables, and the same pictures as vectors. */
#include "config.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <langinfo.h>

#include "hone-report-pages-private.h"
#include "hone-report-write.h"

#define POINTS_PER_MM (72.0 / 25.4)
#define BODY 9.5
#define FIGURE_TEXT 8.5
/* Where the values of facts begin. */
#define FACT_INDENT 110.0
/* A matrix with more columns is a picture alone: its numbers stand in it, and a table of it would be cut. */
#define MAX_TABLE_COLUMNS 14

/* ---- blocks ---- */

static void
put_heading (HonePages  *self,
             const char *text,
             guint       level)
{
  double size = level == 1 ? 20.0 : level == 2 ? 14.0 : 11.0;
  g_autoptr(PangoLayout) layout = hone_pages_layout (self, text, size, TRUE, hone_pages_get_room (self));
  double height = hone_pages_measure (layout, NULL);
  g_autofree char *tag = g_strdup_printf ("H%u", level), *place = NULL;

  if (self->y > HONE_PAGE_TOP)
    self->y += 12.0;
  hone_pages_need (self, height + 90.0);   /* not alone at the foot of a page */
  if (!self->counting && !self->sheets && level == 2)
    {
      g_autofree char *clean = hone_plot_clean_text (text);

      place = g_strdup_printf ("page=%u pos=[%d %d]", self->page, (int) HONE_PAGE_MARGIN, (int) self->y);
      cairo_pdf_surface_add_outline (self->surface, CAIRO_PDF_OUTLINE_ROOT, clean, place, 0);
    }
  hone_pages_tag (self, tag);
  hone_pages_show (self, layout, HONE_PAGE_MARGIN, self->y, &self->style.text);
  hone_pages_tag_end (self, tag);
  self->y += height + 6.0;
}

static void
put_paragraph (HonePages           *self,
               const char          *text,
               double               indent,
               const HonePlotColor *color)
{
  hone_pages_need (self, 2.0 * BODY);
  hone_pages_tag (self, "P");
  hone_pages_flow (self, text, BODY, indent, color);
  hone_pages_tag_end (self, "P");
  self->y += 6.0;
}

/* A bar at the left says that these come before all else. */
static void
draw_bar (HonePages *self,
          double     top)
{
  if (self->counting)
    return;
  cairo_set_source_rgb (self->cr, self->style.wrong.red, self->style.wrong.green, self->style.wrong.blue);
  cairo_rectangle (self->cr, HONE_PAGE_MARGIN, top, 2.5, self->y - top);
  cairo_fill (self->cr);
}

static void
put_items (HonePages             *self,
           const HoneReportBlock *block)
{
  for (guint i = 0; i < block->items->len; i++)
    {
      guint page;
      double top;

      hone_pages_need (self, 2.5 * BODY);
      page = self->page;
      top = self->y;
      hone_pages_tag (self, "P");
      hone_pages_flow (self, g_ptr_array_index (block->items, i), BODY, 10.0, &self->style.text);
      hone_pages_tag_end (self, "P");
      if (block->kind == HONE_REPORT_WARNINGS)
        draw_bar (self, page == self->page ? top : HONE_PAGE_TOP);
      self->y += 5.0;
    }
  self->y += 4.0;
}

static void
put_facts (HonePages             *self,
           const HoneReportBlock *block)
{
  for (guint i = 0; i + 1 < block->items->len; i += 2)
    {
      g_autoptr(PangoLayout) name = hone_pages_layout (self, g_ptr_array_index (block->items, i), BODY - 0.5, FALSE, FACT_INDENT - 8.0);
      double height = hone_pages_measure (name, NULL), top;
      guint page;

      hone_pages_need (self, MAX (height, 2.0 * BODY));
      top = self->y;
      page = self->page;
      hone_pages_tag (self, "P");
      hone_pages_show (self, name, HONE_PAGE_MARGIN, top + 1.0, &self->style.dim);
      hone_pages_flow (self, g_ptr_array_index (block->items, i + 1), BODY - 0.5, FACT_INDENT, &self->style.text);
      hone_pages_tag_end (self, "P");
      if (page == self->page)
        self->y = MAX (self->y, top + height);
      self->y += 1.5;
    }
  self->y += 8.0;
}

/* A matrix whose numbers need more room than the paper has gets a larger page: it is zoomed on the screen and fitted in print. */
static void
put_figure (HonePages             *self,
            const HoneReportBlock *block)
{
  double width = self->page_width - 2.0 * HONE_PAGE_MARGIN, height, caption = 26.0;
  gboolean large;

  hone_report_figure_get_size (block->figure, FIGURE_TEXT, &width, &height);
  large = width > self->page_width - 2.0 * HONE_PAGE_MARGIN || height + caption > self->page_height - HONE_PAGE_TOP - HONE_PAGE_BOTTOM;
  if (large)
    {
      hone_pages_end (self);
      hone_pages_begin (self, width + 2.0 * HONE_PAGE_MARGIN, height + caption + HONE_PAGE_TOP + HONE_PAGE_BOTTOM);
    }
  else
    {
      hone_pages_need (self, height + caption);
    }
  hone_pages_tag (self, "Figure");
  if (!self->counting)
    {
      cairo_save (self->cr);
      cairo_translate (self->cr, HONE_PAGE_MARGIN, self->y);
      hone_report_figure_draw (block->figure, self->cr, &self->style, width, height);
      cairo_restore (self->cr);
    }
  hone_pages_tag_end (self, "Figure");
  self->y += height + 6.0;
  hone_pages_tag (self, "P");
  hone_pages_flow (self, block->text, FIGURE_TEXT, 0.0, &self->style.dim);
  hone_pages_tag_end (self, "P");
  self->y += 12.0;
  if (large)
    {
      hone_pages_end (self);
      hone_pages_begin (self, self->page_width, self->page_height);
    }
}

static void
put_block (HonePages             *self,
           const HoneReportBlock *block)
{
  switch (block->kind)
    {
    case HONE_REPORT_HEADING:
      put_heading (self, block->text, block->level);
      break;
    case HONE_REPORT_QUOTE:
      put_paragraph (self, block->text, 12.0, &self->style.dim);
      break;
    case HONE_REPORT_LIST:
    case HONE_REPORT_WARNINGS:
      put_items (self, block);
      break;
    case HONE_REPORT_FACTS:
      put_facts (self, block);
      break;
    case HONE_REPORT_TABLE:
      if (!block->table->matrix || block->table->n_columns <= MAX_TABLE_COLUMNS)
        hone_pages_table (self, block->table);
      break;
    case HONE_REPORT_FIGURE:
      put_figure (self, block);
      break;
    case HONE_REPORT_PARAGRAPH:
    default:
      put_paragraph (self, block->text, 0.0, &self->style.text);
      break;
    }
}

/* ---- the document ---- */

static void
walk_once (HonePages                *self,
           const HoneReportDocument *document)
{
  self->page = 0;
  hone_pages_begin (self, self->page_width, self->page_height);
  put_heading (self, document->title, 1);
  for (guint i = 0; i < document->blocks->len; i++)
    put_block (self, hone_report_document_get_nth (document, i));
  hone_pages_end (self);
}

void
hone_pages_walk (HonePages                *self,
                 const HoneReportDocument *document)
{
  self->counting = TRUE;
  walk_once (self, document);
  self->n_pages = self->page;
  self->counting = FALSE;
  walk_once (self, document);
}

static PangoContext *
make_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  pango_cairo_context_set_resolution (context, 72.0);
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_font_options_destroy (options);
  return context;
}

/* A4, or what the user's locale calls paper. */
static void
set_paper (HonePages *self)
{
  self->page_width = 210.0 * POINTS_PER_MM;
  self->page_height = 297.0 * POINTS_PER_MM;
#ifdef _NL_PAPER_WIDTH
  {
    int width = GPOINTER_TO_INT (nl_langinfo (_NL_PAPER_WIDTH)), height = GPOINTER_TO_INT (nl_langinfo (_NL_PAPER_HEIGHT));

    if (width >= 100 && width <= 1000 && height >= 100 && height <= 2000)
      {
        self->page_width = width * POINTS_PER_MM;
        self->page_height = height * POINTS_PER_MM;
      }
  }
#endif
}

void
hone_pages_set_up (HonePages *self)
{
  set_paper (self);
  hone_plot_style_init (&self->style, FALSE, FALSE);
  self->style.size = FIGURE_TEXT;
  self->style.line = 1.4;
  self->context = make_context ();
}

static void
set_metadata (cairo_surface_t  *surface,
              const HoneReport *report,
              const char       *title)
{
  g_autoptr(GDateTime) moment = g_date_time_new_from_unix_utc (report->created / G_USEC_PER_SEC);
  g_autofree char *created = moment ? g_date_time_format_iso8601 (moment) : NULL;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Hone " PACKAGE_VERSION);
  if (created)
    {
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, created);
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_MOD_DATE, created);
    }
}

static cairo_status_t
append_bytes (gpointer      data,
              const guchar *bytes,
              guint         length)
{
  g_byte_array_append (data, bytes, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * hone_report_to_pdf:
 * @self: a report with its project filled in
 * @error: where to put %HONE_REPORT_ERROR_WRITE
 *
 * Any thread.
 *
 * Returns: (transfer full) (nullable): the report as a PDF document
 */
GBytes *
hone_report_to_pdf (const HoneReport  *self,
                    GError           **error)
{
  g_autoptr(HoneReportDocument) document = hone_report_document_new (self);
  g_autofree char *title = hone_plot_clean_text (document->title);
  GByteArray *bytes = g_byte_array_new ();
  HonePages pages = { .title = title };
  cairo_status_t status;

  hone_pages_set_up (&pages);
  pages.surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, pages.page_width, pages.page_height);
  pages.cr = cairo_create (pages.surface);
  set_metadata (pages.surface, self, title);

  hone_pages_walk (&pages, document);

  status = cairo_status (pages.cr);
  cairo_destroy (pages.cr);
  cairo_surface_finish (pages.surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (pages.surface);
  cairo_surface_destroy (pages.surface);
  g_object_unref (pages.context);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (bytes);
  g_byte_array_unref (bytes);
  g_set_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_WRITE, _("The pages cannot be drawn: %s"), cairo_status_to_string (status));
  return NULL;
}
