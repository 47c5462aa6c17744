/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The pages of a report as pictures that can be drawn again at any size. */
#include "config.h"

#include "hone-report-pages-private.h"
#include "hone-report-paper.h"

struct _HoneReportPaper {
  GPtrArray *sheets;     /* of HoneSheet */
  GPtrArray *warnings;   /* of char* */
};

static void
sheet_free (gpointer data)
{
  HoneSheet *sheet = data;

  cairo_surface_destroy (sheet->surface);
  g_string_free (sheet->text, TRUE);
  g_free (sheet);
}

static GPtrArray *
list_warnings (const HoneReportDocument *document)
{
  GPtrArray *warnings = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < document->blocks->len; i++)
    {
      const HoneReportBlock *block = hone_report_document_get_nth (document, i);

      for (guint k = 0; block->kind == HONE_REPORT_WARNINGS && k < block->items->len; k++)
        g_ptr_array_add (warnings, g_strdup (g_ptr_array_index (block->items, k)));
    }
  return warnings;
}

/**
 * hone_report_paper_new:
 * @report: a report with its project filled in
 *
 * Lays out the pages of the PDF. Any thread.
 *
 * Returns: (transfer full): the pages
 */
HoneReportPaper *
hone_report_paper_new (const HoneReport *report)
{
  g_autoptr(HoneReportDocument) document = NULL;
  g_autofree char *title = NULL;
  HoneReportPaper *self = g_atomic_rc_box_new0 (HoneReportPaper);
  HonePages pages = { 0 };

  g_return_val_if_fail (report, self);

  document = hone_report_document_new (report);
  title = hone_plot_clean_text (document->title);
  self->warnings = list_warnings (document);
  self->sheets = g_ptr_array_new_with_free_func (sheet_free);
  pages.title = title;
  pages.sheets = self->sheets;
  hone_pages_set_up (&pages);
  hone_pages_walk (&pages, document);
  g_object_unref (pages.context);
  return self;
}

/**
 * hone_report_paper_ref:
 * @self: pages
 *
 * Returns: (transfer full): @self
 */
HoneReportPaper *
hone_report_paper_ref (HoneReportPaper *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear (gpointer data)
{
  HoneReportPaper *self = data;

  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_clear_pointer (&self->warnings, g_ptr_array_unref);
}

/**
 * hone_report_paper_unref:
 * @self: (transfer full): pages
 */
void
hone_report_paper_unref (HoneReportPaper *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/**
 * hone_report_paper_get_n_pages:
 * @self: pages
 *
 * Returns: how many
 */
gsize
hone_report_paper_get_n_pages (const HoneReportPaper *self)
{
  g_return_val_if_fail (self, 0);

  return self->sheets->len;
}

static const HoneSheet *
get_sheet (const HoneReportPaper *self,
           gsize                  nth)
{
  g_return_val_if_fail (self && nth < self->sheets->len, NULL);

  return g_ptr_array_index (self->sheets, nth);
}

/**
 * hone_report_paper_get_size:
 * @self: pages
 * @nth: one of them
 * @width: (out): in points
 * @height: (out): in points
 */
void
hone_report_paper_get_size (const HoneReportPaper *self,
                            gsize                  nth,
                            double                *width,
                            double                *height)
{
  const HoneSheet *sheet = get_sheet (self, nth);

  *width = sheet ? sheet->width : 0;
  *height = sheet ? sheet->height : 0;
}

/**
 * hone_report_paper_get_text:
 * @self: pages
 * @nth: one of them
 *
 * Returns: what is written on it
 */
const char *
hone_report_paper_get_text (const HoneReportPaper *self,
                            gsize                  nth)
{
  const HoneSheet *sheet = get_sheet (self, nth);

  return sheet ? sheet->text->str : "";
}

/**
 * hone_report_paper_get_warnings:
 * @self: pages
 *
 * Returns: (transfer none) (element-type utf8): what to know before believing the numbers
 */
GPtrArray *
hone_report_paper_get_warnings (const HoneReportPaper *self)
{
  g_return_val_if_fail (self, NULL);

  return self->warnings;
}

/**
 * hone_report_paper_draw:
 * @self: pages
 * @nth: one of them
 * @cr: where a point is a unit
 *
 * Draws a page.
 */
void
hone_report_paper_draw (const HoneReportPaper *self,
                        gsize                  nth,
                        cairo_t               *cr)
{
  const HoneSheet *sheet = get_sheet (self, nth);

  g_return_if_fail (sheet && cr);

  cairo_save (cr);
  cairo_set_source_surface (cr, sheet->surface, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}
