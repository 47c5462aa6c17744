/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-workbench-page.h"

struct _HoneWorkbenchPage {
  AdwBin         parent_instance;

  HoneProject   *project;
  HoneSelection *selection;
};

G_DEFINE_FINAL_TYPE (HoneWorkbenchPage, hone_workbench_page, ADW_TYPE_BIN)

static void
hone_workbench_page_dispose (GObject *object)
{
  HoneWorkbenchPage *self = HONE_WORKBENCH_PAGE (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_WORKBENCH_PAGE);
  g_clear_object (&self->project);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (hone_workbench_page_parent_class)->dispose (object);
}

static void
hone_workbench_page_class_init (HoneWorkbenchPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_workbench_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/workbench/hone-workbench-page.ui");
}

static void
hone_workbench_page_init (HoneWorkbenchPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_workbench_page_new:
 * @project: what is open
 * @selection: what the window looks at
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
hone_workbench_page_new (HoneProject   *project,
                         HoneSelection *selection)
{
  HoneWorkbenchPage *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_WORKBENCH_PAGE, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  return GTK_WIDGET (self);
}
