/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-compat.h"

G_GNUC_BEGIN_IGNORE_DEPRECATIONS

/* ---- questions ---- */

static void
on_response (GObject    *dialog,
             const char *response,
             gpointer    user_data)
{
  g_autoptr(GTask) task = user_data;

  g_task_return_boolean (task, g_str_equal (response, "confirm"));
}

/**
 * hone_compat_confirm_async:
 * @parent: inside the window that asks
 * @heading: the question
 * @body: what it means
 * @confirm: label of the button that does it, with a mnemonic
 * @destructive: whether something is lost by it
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks before something that cannot be undone. Escape and the default answer are “Cancel”.
 */
void
hone_compat_confirm_async (GtkWidget           *parent,
                           const char          *heading,
                           const char          *body,
                           const char          *confirm,
                           gboolean             destructive,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);
#if ADW_CHECK_VERSION (1, 5, 0)
  AdwDialog *dialog = adw_alert_dialog_new (heading, body);

  adw_alert_dialog_add_responses (ADW_ALERT_DIALOG (dialog), "cancel", _("_Cancel"), "confirm", confirm, NULL);
  adw_alert_dialog_set_close_response (ADW_ALERT_DIALOG (dialog), "cancel");
  adw_alert_dialog_set_default_response (ADW_ALERT_DIALOG (dialog), destructive ? "cancel" : "confirm");
  adw_alert_dialog_set_response_appearance (ADW_ALERT_DIALOG (dialog), "confirm",
                                            destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
#else
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (parent)), heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "confirm", confirm, NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), destructive ? "cancel" : "confirm");
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "confirm",
                                              destructive ? ADW_RESPONSE_DESTRUCTIVE : ADW_RESPONSE_SUGGESTED);
#endif
  g_task_set_source_tag (task, hone_compat_confirm_async);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_present (dialog, parent);
#else
  gtk_window_present (GTK_WINDOW (dialog));
#endif
}

/**
 * hone_compat_confirm_finish:
 * @parent: as asked
 * @result: of the question
 *
 * Returns: whether the user confirmed
 */
gboolean
hone_compat_confirm_finish (GtkWidget    *parent,
                            GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* ---- files ---- */

static void
on_files (GtkNativeDialog *dialog,
          int              response,
          gpointer         user_data)
{
  g_autoptr(GTask) task = user_data;

  if (response == GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog)), g_object_unref);
  else
    g_task_return_pointer (task, NULL, NULL);
  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

/**
 * hone_compat_choose_file_async:
 * @parent: the window that asks
 * @action: what the files are for
 * @title: of the dialog
 * @filter: (nullable): which files to offer
 * @name: (nullable): file name proposed for saving
 * @callback: called with the files
 * @user_data: for @callback
 *
 * Lets the user choose files by the desktop's own dialog.
 */
void
hone_compat_choose_file_async (GtkWindow           *parent,
                               HoneFileAction       action,
                               const char          *title,
                               GtkFileFilter       *filter,
                               const char          *name,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  static const GtkFileChooserAction actions[] = {
    [HONE_FILE_OPEN] = GTK_FILE_CHOOSER_ACTION_OPEN, [HONE_FILE_OPEN_SEVERAL] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [HONE_FILE_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE, [HONE_FILE_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
  };
  GTask *task = g_task_new (parent, NULL, callback, user_data);
  GtkFileChooserNative *dialog = gtk_file_chooser_native_new (title, parent, actions[action], NULL, NULL);

  g_task_set_source_tag (task, hone_compat_choose_file_async);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), action == HONE_FILE_OPEN_SEVERAL);
  if (filter)
    gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  if (name && action == HONE_FILE_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (on_files), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/**
 * hone_compat_choose_file_finish:
 * @parent: as asked
 * @result: of the dialog
 *
 * Returns: (transfer full) (nullable): a list of #GFile, or %NULL where the user chose none
 */
GListModel *
hone_compat_choose_file_finish (GtkWindow    *parent,
                                GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* ---- others ---- */

/**
 * hone_compat_show_about:
 * @parent: the window to stand over
 */
void
hone_compat_show_about (GtkWindow *parent)
{
  const char *developers[] = { "The Hone contributors", NULL };

  adw_show_about_window (parent,
                         "application-name", "Hone",
                         "application-icon", "io.github.hone_app.Hone",
                         "version", PACKAGE_VERSION,
                         "developer-name", _("The Hone contributors"),
                         "developers", developers,
                         "comments", _("Teach language models to sort texts, with numbers one can trust."),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one per line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

/**
 * hone_compat_widget_get_color:
 * @widget: a widget
 * @color: (out caller-allocates): its CSS colour
 */
void
hone_compat_widget_get_color (GtkWidget *widget,
                              GdkRGBA   *color)
{
#if GTK_CHECK_VERSION (4, 10, 0)
  gtk_widget_get_color (widget, color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), color);
#endif
}

G_GNUC_END_IGNORE_DEPRECATIONS
