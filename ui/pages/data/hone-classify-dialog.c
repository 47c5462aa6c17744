/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-classify-dialog.h"
#include "hone-iteration-choice.h"
#include "jobs/hone-classify.h"
#include "model/hone-words.h"
#include "widgets/hone-job-bar.h"

struct _HoneClassifyDialog {
  AdwWindow      parent_instance;

  HoneProject   *project;
  GPtrArray     *iterations; /* of HoneIteration: those of the row, whatever comes meanwhile */
  char         **paths;      /* (nullable) */
  char          *output;     /* (nullable): being written */
  gboolean       closing;    /* the user wants to leave while something runs */

  AdwComboRow   *iteration;
  AdwActionRow  *files;
  GtkSwitch     *leave_out;
  GtkLabel      *message;
  HoneJobBar    *job;
};

static guint classified_signal;

G_DEFINE_FINAL_TYPE (HoneClassifyDialog, hone_classify_dialog, ADW_TYPE_WINDOW)

static void
update (HoneClassifyDialog *self)
{
  gboolean running = hone_job_bar_get_running (self->job);
  gboolean iterations = self->iterations && self->iterations->len > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "classify.choose", !running);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "classify.run", !running && iterations && self->paths);
  if (self->iterations && !iterations)
    gtk_label_set_text (self->message, _("There is no iteration yet. Train a first one on the workbench."));
}

/* ---- running ---- */

static void
tell (double      fraction,
      const char *what,
      gpointer    data)
{
  HoneClassifyDialog *self = data;

  if (self->job)
    hone_job_bar_tell (fraction, what, self->job);
}

static char *
describe (const HoneClassifyReport *report,
          const char               *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *count = hone_words_count (report->texts);
  g_autofree char *answered = hone_words_count (report->outcomes[HONE_OUTCOME_ANSWERED]);

  if (report->outcomes[HONE_OUTCOME_ANSWERED] < report->texts)
    return g_strdup_printf (_("%s of %s texts answered, in “%s”"), answered, count, name);
  return g_strdup_printf (ngettext ("%s text classified, in “%s”", "%s texts classified, in “%s”", report->texts), count, name);
}

static void
classify_cb (GObject      *store,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HoneClassifyDialog) self = user_data;
  HoneClassifyReport report;
  g_autoptr(GError) error = NULL;

  if (hone_classify_finish (HONE_STORE (store), result, &report, &error))
    {
      g_autofree char *words = describe (&report, self->output);

      g_signal_emit (self, classified_signal, 0, words);
      self->closing = TRUE;
    }
  if (!self->job)
    return;
  hone_job_bar_end (self->job);
  if (self->closing)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_label_set_text (self->message, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("Stopped. Nothing was written.")
                                                                                              : error->message);
  update (self);
}

/**
 * hone_classify_dialog_run:
 * @self: a dialog for which files were chosen
 * @output: where the table goes
 *
 * Begins, and closes the dialog when it is done.
 */
void
hone_classify_dialog_run (HoneClassifyDialog *self,
                          const char         *output)
{
  HoneClassifyOptions options = { 0 };
  GCancellable *cancellable;

  g_return_if_fail (HONE_IS_CLASSIFY_DIALOG (self) && output && self->paths && !hone_job_bar_get_running (self->job));

  g_free (self->output);
  self->output = g_strdup (output);
  options.iteration_id = hone_iteration_choice_get (self->iteration, self->iterations);
  options.paths = (const char * const *) self->paths;
  options.skip_refused = gtk_switch_get_active (self->leave_out);
  options.output = self->output;
  gtk_label_set_text (self->message, "");
  cancellable = hone_job_bar_begin (self->job, _("Classifying"));
  hone_classify_async (hone_project_get_store (self->project), &options, tell, self, cancellable, classify_cb, g_object_ref (self));
  update (self);
}

/* ---- what the user does ---- */

static void
place_chosen_cb (GObject      *window,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HoneClassifyDialog *self = HONE_CLASSIFY_DIALOG (window);
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  g_autoptr(GFile) file = files ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path && self->job && !hone_job_bar_get_running (self->job))
    hone_classify_dialog_run (self, path);
}

static void
run_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  hone_compat_choose_file_async (GTK_WINDOW (widget), HONE_FILE_SAVE, _("Where the Answers Go"), NULL, _("answers.csv"), place_chosen_cb, NULL);
}

static void
texts_chosen_cb (GObject      *window,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  g_autoptr(GStrvBuilder) paths = g_strv_builder_new ();
  g_auto(GStrv) list = NULL;

  for (guint i = 0; files && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr(GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path)
        g_strv_builder_add (paths, path);
    }
  list = g_strv_builder_end (paths);
  if (list[0] && HONE_CLASSIFY_DIALOG (window)->job)
    hone_classify_dialog_set_paths (HONE_CLASSIFY_DIALOG (window), (const char * const *) list);
}

static void
choose_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  hone_compat_choose_file_async (GTK_WINDOW (widget), HONE_FILE_OPEN_SEVERAL, _("Texts to Classify"), NULL, NULL, texts_chosen_cb, NULL);
}

static gboolean
hone_classify_dialog_close_request (GtkWindow *window)
{
  HoneClassifyDialog *self = HONE_CLASSIFY_DIALOG (window);

  if (!hone_job_bar_get_running (self->job))
    return GTK_WINDOW_CLASS (hone_classify_dialog_parent_class)->close_request (window);
  self->closing = TRUE;
  hone_job_bar_cancel (self->job);
  return TRUE;
}

/* ---- the object ---- */

static void
hone_classify_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HONE_TYPE_CLASSIFY_DIALOG);
  G_OBJECT_CLASS (hone_classify_dialog_parent_class)->dispose (object);
}

static void
hone_classify_dialog_finalize (GObject *object)
{
  HoneClassifyDialog *self = HONE_CLASSIFY_DIALOG (object);

  g_clear_pointer (&self->iterations, g_ptr_array_unref);
  g_clear_object (&self->project);
  g_strfreev (self->paths);
  g_free (self->output);
  G_OBJECT_CLASS (hone_classify_dialog_parent_class)->finalize (object);
}

static void
hone_classify_dialog_class_init (HoneClassifyDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_classify_dialog_dispose;
  object_class->finalize = hone_classify_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = hone_classify_dialog_close_request;

  classified_signal = g_signal_new ("classified", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (HONE_TYPE_JOB_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-classify-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneClassifyDialog, iteration);
  gtk_widget_class_bind_template_child (widget_class, HoneClassifyDialog, files);
  gtk_widget_class_bind_template_child (widget_class, HoneClassifyDialog, leave_out);
  gtk_widget_class_bind_template_child (widget_class, HoneClassifyDialog, message);
  gtk_widget_class_bind_template_child (widget_class, HoneClassifyDialog, job);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "classify.run", NULL, run_action);
  gtk_widget_class_install_action (widget_class, "classify.choose", NULL, choose_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hone_classify_dialog_init (HoneClassifyDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_classify_dialog_new:
 * @parent: (nullable): the window to stand over
 * @project: whose models
 * @catalogue: of @project
 * @iteration_id: which to offer first, 0: the newest
 *
 * Returns: (transfer none): the dialog, to be presented
 */
HoneClassifyDialog *
hone_classify_dialog_new (GtkWindow     *parent,
                          HoneProject   *project,
                          HoneCatalogue *catalogue,
                          gint64         iteration_id)
{
  HoneClassifyDialog *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (HONE_TYPE_CLASSIFY_DIALOG, "transient-for", parent, NULL);
  self->project = g_object_ref (project);
  self->iterations = g_ptr_array_ref (hone_catalogue_get_iterations (catalogue));
  hone_iteration_choice_fill (self->iteration, self->iterations, NULL, iteration_id);
  update (self);
  return self;
}

/**
 * hone_classify_dialog_set_paths:
 * @self: a dialog
 * @paths: (array zero-terminated=1): files with texts
 *
 * Says what is to be classified, as if the user had chosen it.
 */
void
hone_classify_dialog_set_paths (HoneClassifyDialog *self,
                                const char * const *paths)
{
  g_autoptr(GString) names = g_string_new (NULL);

  g_return_if_fail (HONE_IS_CLASSIFY_DIALOG (self) && paths && paths[0]);

  g_strfreev (self->paths);
  self->paths = g_strdupv ((char **) paths);
  for (gsize i = 0; paths[i]; i++)
    {
      g_autofree char *base = g_path_get_basename (paths[i]);
      g_autofree char *name = g_filename_display_name (base);

      g_string_append_printf (names, "%s%s", i ? ", " : "", name);
    }
  adw_action_row_set_subtitle (self->files, names->str);
  update (self);
}
