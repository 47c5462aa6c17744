/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-data-words.h"
#include "hone-export-dialog.h"
#include "hone-iteration-choice.h"
#include "jobs/hone-exporter.h"
#include "model/hone-words.h"
#include "widgets/hone-dialog.h"
#include "widgets/hone-job-bar.h"
#include "widgets/hone-row.h"

struct _HoneExportDialog {
  AdwWindow      parent_instance;

  HoneProject   *project;
  GPtrArray     *iterations; /* of HoneIteration: those of the row, whatever comes meanwhile */
  GArray        *formats;    /* of HoneFormat: those of the row */
  char          *path;       /* (nullable): being written */
  gboolean       ready;      /* the preview went well */
  gboolean       again;      /* options changed while the preview before was still under way */
  gboolean       closing;    /* the user wants to leave while something runs */

  AdwComboRow   *what;
  AdwComboRow   *iteration;
  AdwComboRow   *split;
  AdwComboRow   *format;
  GtkWidget     *result_group;
  GtkListBox    *result;
  HoneJobBar    *job;
};

static guint exported_signal;

G_DEFINE_FINAL_TYPE (HoneExportDialog, hone_export_dialog, ADW_TYPE_WINDOW)

/* ---- options ---- */

static HoneFormat
chosen_format (HoneExportDialog *self)
{
  guint chosen = adw_combo_row_get_selected (self->format);

  return chosen < self->formats->len ? g_array_index (self->formats, HoneFormat, chosen) : HONE_FORMAT_CSV;
}

static HoneExportOptions
read_options (HoneExportDialog *self)
{
  HoneExportOptions options = {
    .what = adw_combo_row_get_selected (self->what),
    .split = (int) adw_combo_row_get_selected (self->split) - 1,
    .format = chosen_format (self),
    .path = self->path,
  };

  if (options.what == HONE_EXPORT_PREDICTIONS)
    options.iteration_id = hone_iteration_choice_get (self->iteration, self->iterations);
  return options;
}

static void
update_actions (HoneExportDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.run", self->ready && !hone_job_bar_get_running (self->job));
}

/* ---- what would be written ---- */

static void
show_message (HoneExportDialog *self,
              const char       *message)
{
  hone_row_clear_all (self->result);
  gtk_list_box_append (self->result, hone_row_new (message, NULL));
}

static void
add_sentence (HoneExportDialog *self,
              const char       *sentence,
              const char       *icon_name)
{
  GtkWidget *row = hone_row_new (sentence, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name (icon_name));
  gtk_list_box_append (self->result, row);
}

static void
show_report (HoneExportDialog       *self,
             const HoneExportReport *report)
{
  g_autofree char *count = hone_words_count (report->examples);

  hone_row_clear_all (self->result);
  gtk_list_box_append (self->result, hone_row_new_value (_("Texts"), count));
  for (gsize i = 0; report->losses && report->losses[i]; i++)
    add_sentence (self, report->losses[i], "dialog-information-symbolic");
  if (!report->losses || !report->losses[0])
    add_sentence (self, _("Nothing is lost in this format"), "emblem-ok-symbolic");
  if (report->opening)
    add_sentence (self, _("Labels and answers of test texts stand together in this file: it is listed as an opening of the test set"),
                  "dialog-warning-symbolic");
}

/* ---- running ---- */

static void start_preview (HoneExportDialog *self);

static void
tell (double      fraction,
      const char *what,
      gpointer    data)
{
  HoneExportDialog *self = data;

  if (self->job)
    hone_job_bar_tell (fraction, what, self->job);
}

/* Whether the dialog goes on after some work has ended; it may be gone with the window it stood over. */
static gboolean
go_on (HoneExportDialog *self)
{
  if (!self->job)
    return FALSE;
  hone_job_bar_end (self->job);
  if (self->closing)
    gtk_window_destroy (GTK_WINDOW (self));
  else if (self->again)
    start_preview (self);
  else
    return TRUE;
  return FALSE;
}

static gpointer
preview (HoneStore     *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  HoneExportReport *report = NULL;

  return hone_export_preview (store, data, &report, cancellable, error) ? report : NULL;
}

static void
preview_cb (GObject      *store,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(HoneExportDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneExportReport) report = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (!go_on (self))
    return;
  self->ready = report && report->examples > 0;
  if (!report)
    show_message (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("Stopped. Change an option to look again.")
                                                                                 : error->message);
  else if (!report->examples)
    show_message (self, _("There is no text to export here. Choose another split."));
  else
    show_report (self, report);
  update_actions (self);
}

static void
start_preview (HoneExportDialog *self)
{
  HoneExportOptions options = read_options (self);
  GCancellable *cancellable = hone_job_bar_begin (self->job, _("Looking at what would be written"));

  self->again = FALSE;
  options.path = NULL;
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, preview, g_memdup2 (&options, sizeof options), g_free,
                         (GDestroyNotify) hone_export_report_free, cancellable, preview_cb, g_object_ref (self));
  update_actions (self);
}

static char *
describe (const HoneExportReport *report,
          const char             *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = g_filename_display_name (base);
  g_autofree char *count = hone_words_count (report->examples);

  if (report->unwritable)
    return g_strdup_printf (_("%s texts are in “%s”; %" G_GUINT64_FORMAT " could not be written"), count, name, report->unwritable);
  return g_strdup_printf (ngettext ("%s text is in “%s”", "%s texts are in “%s”", report->examples), count, name);
}

static void
export_cb (GObject      *store,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HoneExportDialog) self = user_data;
  g_autoptr(HoneExportReport) report = NULL;
  g_autoptr(GError) error = NULL;

  if (hone_export_run_finish (HONE_STORE (store), result, &report, &error))
    {
      g_autofree char *words = describe (report, self->path);

      g_signal_emit (self, exported_signal, 0, words);
      self->closing = TRUE;
    }
  if (!go_on (self))
    return;
  show_message (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("The export was stopped. Nothing was written.")
                                                                               : error->message);
  update_actions (self);
}

static void
place_chosen_cb (GObject      *window,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  HoneExportDialog *self = HONE_EXPORT_DIALOG (window);
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  g_autoptr(GFile) file = files ? g_list_model_get_item (files, 0) : NULL;
  HoneExportOptions options;

  if (!file || !self->job || hone_job_bar_get_running (self->job))
    return;
  g_free (self->path);
  self->path = g_file_get_path (file);
  if (!self->path)
    {
      show_message (self, _("Hone writes to folders of this computer only."));
      return;
    }
  options = read_options (self);
  hone_export_run_async (hone_project_get_store (self->project), &options, tell, self, hone_job_bar_begin (self->job, _("Exporting")),
                         export_cb, g_object_ref (self));
  update_actions (self);
}

/* ---- what the user does ---- */

static const char *
ending_of (HoneFormat format)
{
  switch (format)
    {
    case HONE_FORMAT_CSV:
    case HONE_FORMAT_HONE_CSV:   return ".csv";
    case HONE_FORMAT_TSV:        return ".tsv";
    case HONE_FORMAT_JSONL:
    case HONE_FORMAT_HONE_JSONL:
    case HONE_FORMAT_PRODIGY:
    case HONE_FORMAT_DOCCANO:    return ".jsonl";
    default:                     return hone_format_is_folder (format) ? "" : ".json";
    }
}

static void
run_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  static const char * const names[] = { N_("labels"), N_("answers"), N_("texts") };
  HoneExportDialog *self = HONE_EXPORT_DIALOG (widget);
  g_autofree char *name = g_strdup_printf ("%s-%s%s", hone_project_get_name (self->project),
                                           _(names[adw_combo_row_get_selected (self->what)]), ending_of (chosen_format (self)));

  hone_compat_choose_file_async (GTK_WINDOW (self), HONE_FILE_SAVE, _("Export"), NULL, name, place_chosen_cb, NULL);
}

static void
on_option_changed (HoneExportDialog *self)
{
  if (!self->project)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->iteration), adw_combo_row_get_selected (self->what) == HONE_EXPORT_PREDICTIONS);
  self->again = TRUE;
  if (hone_job_bar_get_running (self->job))
    hone_job_bar_cancel (self->job);
  else
    start_preview (self);
}

static gboolean
hone_export_dialog_close_request (GtkWindow *window)
{
  HoneExportDialog *self = HONE_EXPORT_DIALOG (window);

  if (!hone_job_bar_get_running (self->job))
    return GTK_WINDOW_CLASS (hone_export_dialog_parent_class)->close_request (window);
  self->closing = TRUE;
  hone_job_bar_cancel (self->job);
  return TRUE;
}

/* ---- the object ---- */

static void
hone_export_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HONE_TYPE_EXPORT_DIALOG);
  G_OBJECT_CLASS (hone_export_dialog_parent_class)->dispose (object);
}

static void
hone_export_dialog_finalize (GObject *object)
{
  HoneExportDialog *self = HONE_EXPORT_DIALOG (object);

  g_clear_pointer (&self->iterations, g_ptr_array_unref);
  g_clear_object (&self->project);
  g_array_unref (self->formats);
  g_free (self->path);
  G_OBJECT_CLASS (hone_export_dialog_parent_class)->finalize (object);
}

static void
hone_export_dialog_class_init (HoneExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_export_dialog_dispose;
  object_class->finalize = hone_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = hone_export_dialog_close_request;

  exported_signal = g_signal_new ("exported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (HONE_TYPE_JOB_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneExportDialog, what);
  gtk_widget_class_bind_template_child (widget_class, HoneExportDialog, iteration);
  gtk_widget_class_bind_template_child (widget_class, HoneExportDialog, split);
  gtk_widget_class_bind_template_child (widget_class, HoneExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, HoneExportDialog, result_group);
  gtk_widget_class_bind_template_child (widget_class, HoneExportDialog, result);
  gtk_widget_class_bind_template_child (widget_class, HoneExportDialog, job);
  gtk_widget_class_bind_template_callback (widget_class, on_option_changed);
  gtk_widget_class_install_action (widget_class, "export.run", NULL, run_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "export.run", NULL);
}

static void
fill_formats (HoneExportDialog *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  for (HoneFormat format = HONE_FORMAT_AUTO + 1; format < HONE_N_FORMATS; format++)
    if (hone_format_can_write (format))
      {
        gtk_string_list_append (names, hone_data_words_format (format));
        g_array_append_val (self->formats, format);
      }
  adw_combo_row_set_model (self->format, G_LIST_MODEL (names));
}

static void
hone_export_dialog_init (HoneExportDialog *self)
{
  self->formats = g_array_new (FALSE, FALSE, sizeof (HoneFormat));
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_formats (self);
}

/**
 * hone_export_dialog_new:
 * @parent: (nullable): the window to stand over
 * @project: what to export from
 * @catalogue: of @project
 * @iteration_id: whose answers to offer first, 0: the newest
 *
 * Returns: (transfer none): the dialog, to be presented
 */
HoneExportDialog *
hone_export_dialog_new (GtkWindow     *parent,
                        HoneProject   *project,
                        HoneCatalogue *catalogue,
                        gint64         iteration_id)
{
  HoneExportDialog *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_CATALOGUE (catalogue), NULL);

  self = g_object_new (HONE_TYPE_EXPORT_DIALOG, "transient-for", parent, NULL);
  hone_dialog_fit (GTK_WINDOW (self));
  self->iterations = g_ptr_array_ref (hone_catalogue_get_iterations (catalogue));
  hone_iteration_choice_fill (self->iteration, self->iterations, _("All iterations"), iteration_id);
  self->project = g_object_ref (project);
  on_option_changed (self);
  return self;
}
