/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-report-page.h"

struct _HoneReportPage {
  AdwBin         parent_instance;

  HoneProject   *project;
  HoneSelection *selection;
};

G_DEFINE_FINAL_TYPE (HoneReportPage, hone_report_page, ADW_TYPE_BIN)

static void
hone_report_page_dispose (GObject *object)
{
  HoneReportPage *self = HONE_REPORT_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_REPORT_PAGE);
  g_clear_object (&self->project);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (hone_report_page_parent_class)->dispose (object);
}

static void
hone_report_page_class_init (HoneReportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_report_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/report/hone-report-page.ui");
}

static void
hone_report_page_init (HoneReportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_report_page_new:
 * @project: what is open
 * @selection: what the window looks at
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
hone_report_page_new (HoneProject   *project,
                      HoneSelection *selection)
{
  HoneReportPage *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_REPORT_PAGE, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  return GTK_WIDGET (self);
}
