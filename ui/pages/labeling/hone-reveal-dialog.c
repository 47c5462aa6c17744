/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-reveal-dialog.h"
#include "model/hone-words.h"
#include "widgets/hone-job-bar.h"

#define USUAL 100   /* answers at once */

struct _HoneRevealDialog {
  AdwWindow      parent_instance;

  HoneLabeling  *labeling;
  gboolean       closing;   /* the user wants to leave while something runs */

  GtkLabel      *known;
  GtkSpinButton *number;
  GtkLabel      *message;
  HoneJobBar    *job;
};

static guint revealed_signal;

G_DEFINE_FINAL_TYPE (HoneRevealDialog, hone_reveal_dialog, ADW_TYPE_WINDOW)

static char *
describe (const HoneSimulateReport *report)
{
  g_autofree char *revealed = hone_words_count (report->revealed);
  g_autofree char *left = hone_words_count (report->left);
  g_autofree char *words = g_strdup_printf (ngettext ("%s known answer is a label now, %s are still hidden",
                                                      "%s known answers are labels now, %s are still hidden", report->revealed),
                                           revealed, left);

  return report->message ? g_strdup_printf ("%s. %s", words, report->message) : g_steal_pointer (&words);
}

static void
reveal_cb (GObject      *labeling,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(HoneRevealDialog) self = user_data;
  g_autoptr(HoneSimulateReport) report = NULL;
  g_autoptr(GError) error = NULL;

  if (hone_labeling_reveal_finish (HONE_LABELING (labeling), result, &report, &error))
    {
      g_autofree char *words = describe (report);

      g_signal_emit (self, revealed_signal, 0, words);
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
  gtk_label_set_text (self->message, g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("Stopped. Nothing was revealed.")
                                                                                              : error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->message), TRUE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reveal.run", TRUE);
}

static void
run_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  HoneRevealDialog *self = HONE_REVEAL_DIALOG (widget);
  GCancellable *cancellable;

  gtk_spin_button_update (self->number);
  gtk_widget_action_set_enabled (widget, "reveal.run", FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
  cancellable = hone_job_bar_begin (self->job, _("Revealing known answers"));
  hone_labeling_reveal_async (self->labeling, (guint64) gtk_spin_button_get_value_as_int (self->number), cancellable, reveal_cb,
                              g_object_ref (self));
}

static gboolean
hone_reveal_dialog_close_request (GtkWindow *window)
{
  HoneRevealDialog *self = HONE_REVEAL_DIALOG (window);

  if (!hone_job_bar_get_running (self->job))
    return GTK_WINDOW_CLASS (hone_reveal_dialog_parent_class)->close_request (window);
  self->closing = TRUE;
  hone_job_bar_cancel (self->job);
  return TRUE;
}

static void
hone_reveal_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HONE_TYPE_REVEAL_DIALOG);
  g_clear_object (&HONE_REVEAL_DIALOG (object)->labeling);
  G_OBJECT_CLASS (hone_reveal_dialog_parent_class)->dispose (object);
}

/* Not earlier: what has the focus before its window is there has no window for a screen reader either. */
static void
hone_reveal_dialog_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hone_reveal_dialog_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (HONE_REVEAL_DIALOG (widget)->number));
}

static void
hone_reveal_dialog_class_init (HoneRevealDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_reveal_dialog_dispose;
  widget_class->map = hone_reveal_dialog_map;
  GTK_WINDOW_CLASS (klass)->close_request = hone_reveal_dialog_close_request;
  revealed_signal = g_signal_new ("revealed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (HONE_TYPE_JOB_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/labeling/hone-reveal-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneRevealDialog, known);
  gtk_widget_class_bind_template_child (widget_class, HoneRevealDialog, number);
  gtk_widget_class_bind_template_child (widget_class, HoneRevealDialog, message);
  gtk_widget_class_bind_template_child (widget_class, HoneRevealDialog, job);
  gtk_widget_class_install_action (widget_class, "reveal.run", NULL, run_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hone_reveal_dialog_init (HoneRevealDialog *self)
{
  GtkEditable *text;

  gtk_widget_init_template (GTK_WIDGET (self));
  text = gtk_editable_get_delegate (GTK_EDITABLE (self->number));
  if (GTK_IS_TEXT (text))
    gtk_text_set_activates_default (GTK_TEXT (text), TRUE);   /* a spin button has no such property before GTK 4.14 */
}

/**
 * hone_reveal_dialog_new:
 * @parent: (nullable): the window to stand over
 * @labeling: whose queue asks for the labels
 *
 * Returns: (transfer none): the dialog, to be presented
 */
HoneRevealDialog *
hone_reveal_dialog_new (GtkWindow    *parent,
                        HoneLabeling *labeling)
{
  HoneRevealDialog *self;
  guint64 n;
  g_autofree char *count = NULL;
  g_autofree char *words = NULL;

  g_return_val_if_fail (HONE_IS_LABELING (labeling), NULL);

  n = hone_labeling_count_known (labeling);
  count = hone_words_count (n);
  words = g_strdup_printf (ngettext ("%s training text without a label has a known answer.",
                                     "%s training texts without a label have a known answer.", n), count);
  self = g_object_new (HONE_TYPE_REVEAL_DIALOG, "transient-for", parent, NULL);
  self->labeling = g_object_ref (labeling);
  gtk_label_set_text (self->known, words);
  gtk_spin_button_set_range (self->number, 1, MAX (1, MIN (n, G_MAXINT)));
  gtk_spin_button_set_value (self->number, USUAL);
  return self;
}
