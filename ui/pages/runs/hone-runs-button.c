/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-runs-button.h"

struct _HoneRunsButton {
  AdwBin       parent_instance;

  HoneProject *project;
};

G_DEFINE_FINAL_TYPE (HoneRunsButton, hone_runs_button, ADW_TYPE_BIN)

static void
hone_runs_button_dispose (GObject *object)
{
  HoneRunsButton *self = HONE_RUNS_BUTTON (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_RUNS_BUTTON);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_runs_button_parent_class)->dispose (object);
}

static void
hone_runs_button_class_init (HoneRunsButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_runs_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/runs/hone-runs-button.ui");
}

static void
hone_runs_button_init (HoneRunsButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_runs_button_new:
 * @project: what is open
 *
 * Returns: (transfer floating): the button
 */
GtkWidget *
hone_runs_button_new (HoneProject *project)
{
  HoneRunsButton *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project), NULL);

  self = g_object_new (HONE_TYPE_RUNS_BUTTON, NULL);
  self->project = g_object_ref (project);
  return GTK_WIDGET (self);
}
