/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-data-words.h"
#include "hone-import-dialog.h"
#include "hone-import-preview.h"
#include "jobs/hone-import.h"
#include "model/hone-words.h"
#include "widgets/hone-dialog.h"
#include "widgets/hone-job-bar.h"

struct _HoneImportDialog {
  AdwWindow            parent_instance;

  HoneProject         *project;
  char               **paths;
  char               **columns;     /* (nullable): as the drop-downs have them */
  HoneImportReport    *report;      /* (nullable): of the last dry run that went well */
  gboolean             filling;     /* drop-downs change by us, not by the user */
  gboolean             again;       /* options changed while the dry run before was still under way */
  gboolean             closing;     /* the user wants to leave while something runs */

  AdwPreferencesGroup *problem_group;
  GtkLabel            *problem;
  AdwPreferencesGroup *files;
  AdwComboRow         *format;
  AdwComboRow         *text_column;
  AdwComboRow         *label_column;
  AdwComboRow         *encoding;
  AdwComboRow         *labels;
  AdwComboRow         *split;
  AdwPreferencesRow   *refused_row;
  GtkSwitch           *leave_out;
  HoneImportPreview   *preview;
  HoneJobBar          *job;
};

static guint imported_signal;

G_DEFINE_FINAL_TYPE (HoneImportDialog, hone_import_dialog, ADW_TYPE_WINDOW)

/* ---- options ---- */

static const char *
chosen_string (AdwComboRow *row)
{
  GtkStringObject *item = adw_combo_row_get_selected_item (row);

  return adw_combo_row_get_selected (row) > 0 && item ? gtk_string_object_get_string (item) : NULL;
}

static void
read_split (HoneImportDialog  *self,
            HoneImportOptions *options,
            HoneShares        *shares)
{
  static const HoneShares tenths = { { .8, .1, .1 } }, fifth = { { .8, .2, 0 } };
  guint chosen = adw_combo_row_get_selected (self->split);

  if (chosen >= 1 && chosen <= HONE_N_SPLITS)
    options->split = chosen - 1;
  if (chosen <= HONE_N_SPLITS)
    return;
  *shares = chosen == HONE_N_SPLITS + 1 ? tenths : fifth;
  options->shares = shares;
}

static void
read_options (HoneImportDialog  *self,
              HoneImportOptions *options,
              HoneShares        *shares)
{
  options->paths = (const char * const *) self->paths;
  options->reader.format = adw_combo_row_get_selected (self->format);
  options->reader.text_column = chosen_string (self->text_column);
  options->reader.label_column = chosen_string (self->label_column);
  options->reader.encoding = chosen_string (self->encoding);
  options->labels = adw_combo_row_get_selected (self->labels);
  read_split (self, options, shares);
}

/* ---- what came of a dry run ---- */

static void
show_problem (HoneImportDialog *self,
              const char       *message)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem_group), message != NULL);
  gtk_label_set_text (self->problem, message ? message : "");
}

static void
fill_column (AdwComboRow        *row,
             const char * const *columns)
{
  g_autofree char *before = g_strdup (chosen_string (row));
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _("Found out from the file"));
  for (gsize i = 0; columns && columns[i]; i++)
    {
      gtk_string_list_append (names, columns[i]);
      if (g_strcmp0 (columns[i], before) == 0)
        selected = i + 1;
    }
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  adw_combo_row_set_selected (row, selected);
  gtk_widget_set_visible (GTK_WIDGET (row), columns && columns[0]);
}

static void
set_columns (HoneImportDialog *self,
             char            **columns)
{
  if (self->columns && columns && g_strv_equal ((const char * const *) self->columns, (const char * const *) columns))
    return;
  g_strfreev (self->columns);
  self->columns = g_strdupv (columns);
  self->filling = TRUE;
  fill_column (self->text_column, (const char * const *) columns);
  fill_column (self->label_column, (const char * const *) columns);
  self->filling = FALSE;
}

static gboolean
has_anything (const HoneImportReport *report)
{
  guint64 n = report->examples + report->labels + report->known + report->skipped;

  for (int outcome = 0; outcome < HONE_N_OUTCOMES; outcome++)
    n += report->predictions[outcome];
  return n > 0;
}

static void
update_actions (HoneImportDialog *self)
{
  gboolean ready = self->report && has_anything (self->report) && !hone_job_bar_get_running (self->job) &&
                   (!self->report->refused || gtk_switch_get_active (self->leave_out));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "import.run", ready);
}

static void
show_description (HoneImportDialog *self)
{
  g_autofree char *source = g_markup_escape_text (self->report->source, -1);
  g_autofree char *description = self->report->description ? g_markup_escape_text (self->report->description, -1) : NULL;

  adw_preferences_group_set_title (self->files, source);
  adw_preferences_group_set_description (self->files, description);
}

static void
show_refused (HoneImportDialog *self)
{
  guint64 n = self->report->refused;
  g_autofree char *count = hone_words_count (n);
  g_autofree char *title = g_strdup_printf (ngettext ("Leave out %s record that cannot be imported", "Leave out %s records that cannot be imported", n),
                                            count);

  adw_preferences_row_set_title (self->refused_row, title);
  gtk_widget_set_visible (GTK_WIDGET (self->refused_row), n > 0);
}

static void
show_report (HoneImportDialog *self)
{
  hone_import_preview_show (self->preview, self->report);
  if (!self->report)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->refused_row), FALSE);
      return;
    }
  show_description (self);
  set_columns (self, self->report->columns);
  show_refused (self);
  show_problem (self, has_anything (self->report) ? NULL : _("There is nothing in these files that is not in the project already."));
}

/* ---- running ---- */

static void start (HoneImportDialog *self,
                   gboolean          dry_run);

static void
tell (double      fraction,
      const char *what,
      gpointer    data)
{
  HoneImportDialog *self = data;

  if (self->job)
    hone_job_bar_tell (fraction, what, self->job);
}

/* Whether the dialog goes on after some work has ended; it may be gone with the window it stood over. */
static gboolean
go_on (HoneImportDialog *self)
{
  if (!self->job)
    return FALSE;
  hone_job_bar_end (self->job);
  if (self->closing)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return FALSE;
    }
  if (self->again)
    {
      start (self, TRUE);
      return FALSE;
    }
  return TRUE;
}

static void
dry_run_cb (GObject      *store,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(HoneImportDialog) self = user_data;
  g_autoptr(HoneImportReport) report = NULL;
  g_autoptr(GError) error = NULL;
  gboolean good = hone_import_run_finish (HONE_STORE (store), result, &report, &error);

  if (!go_on (self))
    return;
  g_clear_pointer (&self->report, hone_import_report_free);
  if (good)
    self->report = g_steal_pointer (&report);
  show_report (self);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_problem (self, _("Reading the files was stopped. Change an option to read them again."));
  else if (error)
    show_problem (self, error->message);
  update_actions (self);
}

static char *
describe (const HoneImportReport *report)
{
  g_autofree char *count = hone_words_count (report->examples);

  return report->examples ? g_strdup_printf (ngettext ("%s text imported", "%s texts imported", report->examples), count)
                          : g_strdup (_("Imported"));
}

static void
import_cb (GObject      *store,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HoneImportDialog) self = user_data;
  g_autoptr(HoneImportReport) report = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *words = NULL;

  if (hone_import_run_finish (HONE_STORE (store), result, &report, &error))
    {
      words = describe (report);
      hone_project_changed (self->project, HONE_PROJECT_EXAMPLES | HONE_PROJECT_LABELS | HONE_PROJECT_EXPERIMENTS |
                                             (report->new_ontology ? HONE_PROJECT_ONTOLOGY : 0));
      g_signal_emit (self, imported_signal, 0, report->import_id, words);
      self->closing = TRUE;
    }
  if (!go_on (self))
    return;
  show_problem (self, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("The import was stopped. Nothing was imported.")
                                                                                : error->message);
  update_actions (self);
}

/* A dry run counts what cannot be imported and goes on, so that the user sees all of it. */
static void
start (HoneImportDialog *self,
       gboolean          dry_run)
{
  HoneImportOptions options = HONE_IMPORT_OPTIONS_INIT;
  HoneShares shares;
  GCancellable *cancellable;

  self->again = FALSE;
  read_options (self, &options, &shares);
  options.dry_run = dry_run;
  options.skip_refused = dry_run || gtk_switch_get_active (self->leave_out);
  cancellable = hone_job_bar_begin (self->job, dry_run ? _("Reading") : _("Importing"));
  hone_import_run_async (hone_project_get_store (self->project), &options, tell, self, cancellable,
                         dry_run ? dry_run_cb : import_cb, g_object_ref (self));
  update_actions (self);
}

static void
on_option_changed (HoneImportDialog *self)
{
  if (self->filling || !self->project)
    return;
  self->again = TRUE;
  if (hone_job_bar_get_running (self->job))
    hone_job_bar_cancel (self->job);
  else
    start (self, TRUE);
}

/* Columns of one format mean nothing in another one. */
static void
on_format_changed (HoneImportDialog *self)
{
  self->filling = TRUE;
  adw_combo_row_set_selected (self->text_column, 0);
  adw_combo_row_set_selected (self->label_column, 0);
  self->filling = FALSE;
  on_option_changed (self);
}

static void
run_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  HoneImportDialog *self = HONE_IMPORT_DIALOG (widget);

  show_problem (self, NULL);
  start (self, FALSE);
}

/* ---- the object ---- */

static gboolean
hone_import_dialog_close_request (GtkWindow *window)
{
  HoneImportDialog *self = HONE_IMPORT_DIALOG (window);

  if (!hone_job_bar_get_running (self->job))
    return GTK_WINDOW_CLASS (hone_import_dialog_parent_class)->close_request (window);
  self->closing = TRUE;
  hone_job_bar_cancel (self->job);
  return TRUE;
}

static void
hone_import_dialog_dispose (GObject *object)
{
  HoneImportDialog *self = HONE_IMPORT_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_IMPORT_DIALOG);
  G_OBJECT_CLASS (hone_import_dialog_parent_class)->dispose (object);
}

static void
hone_import_dialog_finalize (GObject *object)
{
  HoneImportDialog *self = HONE_IMPORT_DIALOG (object);

  g_clear_object (&self->project);
  g_clear_pointer (&self->report, hone_import_report_free);
  g_strfreev (self->paths);
  g_strfreev (self->columns);
  G_OBJECT_CLASS (hone_import_dialog_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, problem_group);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, files);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, text_column);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, label_column);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, encoding);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, labels);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, split);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, refused_row);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, leave_out);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, HoneImportDialog, job);
}

static void
hone_import_dialog_class_init (HoneImportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = hone_import_dialog_dispose;
  object_class->finalize = hone_import_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = hone_import_dialog_close_request;

  imported_signal = g_signal_new ("imported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);

  g_type_ensure (HONE_TYPE_IMPORT_PREVIEW);
  g_type_ensure (HONE_TYPE_JOB_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/data/hone-import-dialog.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_format_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_option_changed);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
  gtk_widget_class_install_action (widget_class, "import.run", NULL, run_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "import.run", NULL);
}

static void
fill_formats (HoneImportDialog *self)
{
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  for (int format = 0; format < HONE_N_FORMATS; format++)
    gtk_string_list_append (names, hone_data_words_format (format));
  adw_combo_row_set_model (self->format, G_LIST_MODEL (names));
}

static void
hone_import_dialog_init (HoneImportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_formats (self);
  set_columns (self, NULL);
}

/**
 * hone_import_dialog_new:
 * @parent: (nullable): the window to stand over
 * @project: a project that can be written
 * @paths: (array zero-terminated=1): files, folders, zip archives of one import
 *
 * Begins to read the files at once.
 *
 * Returns: (transfer none): the dialog, to be presented
 */
HoneImportDialog *
hone_import_dialog_new (GtkWindow          *parent,
                        HoneProject        *project,
                        const char * const *paths)
{
  HoneImportDialog *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && paths && paths[0], NULL);

  self = g_object_new (HONE_TYPE_IMPORT_DIALOG, "transient-for", parent, NULL);
  hone_dialog_fit (GTK_WINDOW (self));
  self->paths = g_strdupv ((char **) paths);
  self->project = g_object_ref (project);
  start (self, TRUE);
  return self;
}
