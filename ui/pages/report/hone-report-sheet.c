/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-report-sheet.h"

#define LEAST 240               /* pixels: what is narrower nobody reads */
#define PIXELS_PER_POINT (96.0 / 72.0)

struct _HoneReportSheet {
  GtkWidget        parent_instance;

  HoneReportPaper *paper;
  gsize            nth;
};

G_DEFINE_FINAL_TYPE (HoneReportSheet, hone_report_sheet, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
hone_report_sheet_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hone_report_sheet_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  HoneReportSheet *self = HONE_REPORT_SHEET (widget);
  double width, height;

  hone_report_paper_get_size (self->paper, self->nth, &width, &height);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = LEAST;
      *natural = MAX (LEAST, (int) ceil (width * PIXELS_PER_POINT));
    }
  else
    {
      *minimum = *natural = (int) ceil ((for_size > 0 ? for_size : LEAST) * height / width);
    }
}

/* Paper is white in every theme, as in the file. */
static void
hone_report_sheet_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  HoneReportSheet *self = HONE_REPORT_SHEET (widget);
  graphene_rect_t all = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  double width, height, scale;
  cairo_t *cr;

  hone_report_paper_get_size (self->paper, self->nth, &width, &height);
  scale = gtk_widget_get_width (widget) / width;
  gtk_snapshot_append_color (snapshot, &(GdkRGBA) { 1, 1, 1, 1 }, &all);
  cr = gtk_snapshot_append_cairo (snapshot, &all);
  cairo_scale (cr, scale, scale);
  hone_report_paper_draw (self->paper, self->nth, cr);
  cairo_destroy (cr);
}

static void
hone_report_sheet_finalize (GObject *object)
{
  hone_report_paper_unref (HONE_REPORT_SHEET (object)->paper);
  G_OBJECT_CLASS (hone_report_sheet_parent_class)->finalize (object);
}

static void
hone_report_sheet_class_init (HoneReportSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = hone_report_sheet_finalize;
  widget_class->get_request_mode = hone_report_sheet_get_request_mode;
  widget_class->measure = hone_report_sheet_measure;
  widget_class->snapshot = hone_report_sheet_snapshot;
  gtk_widget_class_set_css_name (widget_class, "reportsheet");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
hone_report_sheet_init (HoneReportSheet *self)
{
}

/**
 * hone_report_sheet_new:
 * @paper: pages
 * @nth: one of them
 *
 * Returns: (transfer floating): a picture of the page, with its words for who does not see it
 */
GtkWidget *
hone_report_sheet_new (HoneReportPaper *paper,
                       gsize            nth)
{
  HoneReportSheet *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (paper && nth < hone_report_paper_get_n_pages (paper), NULL);

  self = g_object_new (HONE_TYPE_REPORT_SHEET, NULL);
  self->paper = hone_report_paper_ref (paper);
  self->nth = nth;
  name = g_strdup_printf (_("Page %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT), nth + 1, hone_report_paper_get_n_pages (paper));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, hone_report_paper_get_text (paper, nth), -1);
  return GTK_WIDGET (self);
}
