/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-run-row.h"
#include "hone-runs-button.h"

struct _HoneRunsButton {
  AdwBin          parent_instance;

  HoneProject    *project;
  HoneRun        *running;      /* (nullable): whose progress the button shows */

  GtkLabel       *label;
  GtkSpinner     *spinner;
  GtkStack       *stack;        /* list, empty */
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (HoneRunsButton, hone_runs_button, ADW_TYPE_BIN)

/* ---- what the button says ---- */

static void
show_progress (HoneRunsButton *self)
{
  double progress = self->running ? hone_run_get_progress (self->running) : NAN;
  g_autofree char *text = NULL;

  if (!self->running)
    text = g_strdup (_("Runs"));
  else if (isnan (progress))
    text = g_strdup (hone_run_stage_to_string (hone_run_get_stage (self->running)));
  else
    text = g_strdup_printf ("%s %.0f %%", hone_run_stage_to_string (hone_run_get_stage (self->running)), 100 * CLAMP (progress, 0, 1));
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (adw_bin_get_child (ADW_BIN (self))), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static HoneRun *
find_running (HoneRunsButton *self)
{
  GListModel *runs = G_LIST_MODEL (hone_project_get_queue (self->project));

  for (guint i = 0; i < g_list_model_get_n_items (runs); i++)
    {
      g_autoptr(HoneRun) run = g_list_model_get_item (runs, i);

      if (hone_run_get_state (run) == HONE_RUN_RUNNING)
        return run;
    }
  return NULL;
}

static void
follow_running (HoneRunsButton *self)
{
  HoneRun *running = hone_project_get_queue (self->project) ? find_running (self) : NULL;

  g_set_object (&self->running, running);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), running != NULL);
  gtk_spinner_set_spinning (self->spinner, running != NULL);
  show_progress (self);
}

/* ---- a word to the desktop, where nobody looks ---- */

static void
notify_desktop (HoneRunsButton *self,
                HoneRun        *run)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkApplication *application = GTK_IS_WINDOW (root) ? gtk_window_get_application (GTK_WINDOW (root)) : NULL;
  const GError *error = hone_run_get_error (run);
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *title = NULL;
  g_autofree char *id = NULL;

  if (!application || gtk_window_is_active (GTK_WINDOW (root)))
    return;
  title = g_strdup_printf ("%s: %s", hone_run_get_title (run), hone_run_row_name_state (hone_run_get_state (run)));
  notification = g_notification_new (title);
  if (error || hone_run_get_message (run))
    g_notification_set_body (notification, error ? error->message : hone_run_get_message (run));
  id = g_strdup_printf ("run-%" G_GINT64_FORMAT, hone_run_get_id (run));
  g_application_send_notification (G_APPLICATION (application), id, notification);
}

static void
on_run_state (HoneRunsButton *self,
              GParamSpec     *pspec,
              HoneRun        *run)
{
  HoneRunState state = hone_run_get_state (run);

  if (state == HONE_RUN_SUCCEEDED || state == HONE_RUN_FAILED || state == HONE_RUN_INTERRUPTED)
    notify_desktop (self, run);
  follow_running (self);
}

static void
on_run_progress (HoneRunsButton *self,
                 GParamSpec     *pspec,
                 HoneRun        *run)
{
  if (run == self->running)
    show_progress (self);
}

/* ---- the list ---- */

static GtkWidget *
make_row (gpointer item,
          gpointer data)
{
  HoneRunsButton *self = data;
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), hone_run_row_new (self->project, item));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
on_runs_changed (HoneRunsButton *self,
                 guint           position,
                 guint           removed,
                 guint           added,
                 GListModel     *runs)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(HoneRun) run = g_list_model_get_item (runs, i);

      g_signal_connect_object (run, "notify::state", G_CALLBACK (on_run_state), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (run, "notify::progress", G_CALLBACK (on_run_progress), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (run, "notify::stage", G_CALLBACK (on_run_progress), self, G_CONNECT_SWAPPED);
    }
  gtk_stack_set_visible_child_name (self->stack, g_list_model_get_n_items (runs) ? "list" : "empty");
  follow_running (self);
}

/* ---- the object ---- */

static void
hone_runs_button_dispose (GObject *object)
{
  HoneRunsButton *self = HONE_RUNS_BUTTON (object);

  g_clear_object (&self->running);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_RUNS_BUTTON);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_runs_button_parent_class)->dispose (object);
}

static void
hone_runs_button_class_init (HoneRunsButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_runs_button_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/runs/hone-runs-button.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneRunsButton, label);
  gtk_widget_class_bind_template_child (widget_class, HoneRunsButton, spinner);
  gtk_widget_class_bind_template_child (widget_class, HoneRunsButton, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneRunsButton, list);
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
  GListModel *runs;

  g_return_val_if_fail (HONE_IS_PROJECT (project), NULL);

  self = g_object_new (HONE_TYPE_RUNS_BUTTON, NULL);
  self->project = g_object_ref (project);
  runs = G_LIST_MODEL (hone_project_get_queue (project));
  gtk_list_box_bind_model (self->list, runs, make_row, self, NULL);
  g_signal_connect_object (runs, "items-changed", G_CALLBACK (on_runs_changed), self, G_CONNECT_SWAPPED);
  on_runs_changed (self, 0, 0, g_list_model_get_n_items (runs), runs);
  return GTK_WIDGET (self);
}
