/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-experiment-dialog.h"
#include "model/hone-experiment-edit.h"

struct _HoneExperimentDialog {
  AdwWindow    parent_instance;

  HoneProject *project;
  gint64       id;

  GtkWidget   *name;
  GtkTextView *note;
  GtkLabel    *problem;
};

G_DEFINE_FINAL_TYPE (HoneExperimentDialog, hone_experiment_dialog, ADW_TYPE_WINDOW)

static void
tell (HoneExperimentDialog *self,
      const char           *problem)
{
  gtk_label_set_label (self->problem, problem ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  if (problem)
    gtk_widget_add_css_class (self->name, "error");
  else
    gtk_widget_remove_css_class (self->name, "error");
}

static char *
dup_name (HoneExperimentDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static char *
dup_note (HoneExperimentDialog *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (gtk_text_view_get_buffer (self->note), &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (gtk_text_view_get_buffer (self->note), &start, &end, FALSE));
}

/* “NAME@2” names an iteration. */
static void
on_changed (HoneExperimentDialog *self)
{
  g_autofree char *name = dup_name (self);
  const char *problem = !*name ? _("An experiment needs a name") : strchr (name, '@') ? _("A name cannot hold “@”") : NULL;

  tell (self, problem);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "experiment.save", !problem);
}

static void
saved_cb (GObject      *project,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HoneExperimentDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExperiment) experiment = hone_experiment_change_finish (HONE_PROJECT (project), result, &error);

  if (!self->note)
    return;
  if (experiment)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  tell (self, error->message);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "experiment.save", TRUE);
}

static void
save_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HoneExperimentDialog *self = HONE_EXPERIMENT_DIALOG (widget);
  g_autofree char *name = dup_name (self), *note = dup_note (self);

  gtk_widget_action_set_enabled (widget, "experiment.save", FALSE);
  hone_experiment_change_async (self->project, self->id, HONE_EXPERIMENT_RENAME, name, note, saved_cb, g_object_ref (self));
}

static void
on_activated (HoneExperimentDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "experiment.save", NULL);
}

static void
hone_experiment_dialog_dispose (GObject *object)
{
  HoneExperimentDialog *self = HONE_EXPERIMENT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_EXPERIMENT_DIALOG);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_experiment_dialog_parent_class)->dispose (object);
}

static void
hone_experiment_dialog_class_init (HoneExperimentDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_experiment_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/workbench/hone-experiment-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneExperimentDialog, name);
  gtk_widget_class_bind_template_child (widget_class, HoneExperimentDialog, note);
  gtk_widget_class_bind_template_child (widget_class, HoneExperimentDialog, problem);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_activated);
  gtk_widget_class_install_action (widget_class, "experiment.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "experiment.save", NULL);
}

static void
hone_experiment_dialog_init (HoneExperimentDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_experiment_dialog_new:
 * @parent: (nullable): the window to stand over
 * @project: what is open
 * @experiment: one of its experiments
 * @note: whether to begin with the note
 *
 * Returns: (transfer none): the dialog, to be presented
 */
GtkWindow *
hone_experiment_dialog_new (GtkWindow            *parent,
                            HoneProject          *project,
                            const HoneExperiment *experiment,
                            gboolean              note)
{
  HoneExperimentDialog *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && experiment, NULL);

  self = g_object_new (HONE_TYPE_EXPERIMENT_DIALOG, "transient-for", parent, NULL);
  self->project = g_object_ref (project);
  self->id = experiment->id;
  gtk_editable_set_text (GTK_EDITABLE (self->name), experiment->name);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->note), experiment->note ? experiment->note : "", -1);
  if (note)
    gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->note));
  else
    gtk_widget_grab_focus (self->name);   /* which selects the name */
  return GTK_WINDOW (self);
}
