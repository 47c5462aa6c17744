/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-job-bar.h"

#define PULSE 120   /* milliseconds */
#define PATIENCE 300   /* milliseconds: shorter work is not worth a change of the window */

struct _HoneJobBar {
  AdwBin          parent_instance;

  GCancellable   *cancellable;   /* (nullable): something runs */
  guint           pulse;         /* source: how far it is is not known */
  guint           show;          /* source */

  GtkProgressBar *progress;
  GtkWidget      *stop;
};

G_DEFINE_FINAL_TYPE (HoneJobBar, hone_job_bar, ADW_TYPE_BIN)

static gboolean
pulse_cb (gpointer data)
{
  gtk_progress_bar_pulse (HONE_JOB_BAR (data)->progress);
  return G_SOURCE_CONTINUE;
}

static void
set_pulsing (HoneJobBar *self,
             gboolean    pulsing)
{
  if (pulsing && !self->pulse)
    self->pulse = g_timeout_add (PULSE, pulse_cb, self);
  else if (!pulsing)
    g_clear_handle_id (&self->pulse, g_source_remove);
}

static gboolean
show_cb (gpointer data)
{
  HoneJobBar *self = data;

  self->show = 0;
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return G_SOURCE_REMOVE;
}

static void
hone_job_bar_dispose (GObject *object)
{
  HoneJobBar *self = HONE_JOB_BAR (object);

  set_pulsing (self, FALSE);
  g_clear_handle_id (&self->show, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_JOB_BAR);
  G_OBJECT_CLASS (hone_job_bar_parent_class)->dispose (object);
}

static void
hone_job_bar_class_init (HoneJobBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_job_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/widgets/hone-job-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneJobBar, progress);
  gtk_widget_class_bind_template_child (widget_class, HoneJobBar, stop);
  gtk_widget_class_bind_template_callback (widget_class, hone_job_bar_cancel);
}

static void
hone_job_bar_init (HoneJobBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_job_bar_begin:
 * @self: a bar at rest
 * @what: what is done, translated
 *
 * Shows that some work has begun.
 *
 * Returns: (transfer none): cancelled when the user stops it
 */
GCancellable *
hone_job_bar_begin (HoneJobBar *self,
                    const char *what)
{
  g_return_val_if_fail (HONE_IS_JOB_BAR (self) && !self->cancellable, NULL);

  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->stop, TRUE);
  self->show = g_timeout_add (PATIENCE, show_cb, self);
  hone_job_bar_tell (NAN, what, self);
  return self->cancellable;
}

/**
 * hone_job_bar_tell:
 * @fraction: 0 to 1, %NAN: not known
 * @what: (nullable): what is done now, translated
 * @job_bar: a bar
 *
 * Shows how far it is.
 */
void
hone_job_bar_tell (double      fraction,
                   const char *what,
                   gpointer    job_bar)
{
  HoneJobBar *self = job_bar;

  g_return_if_fail (HONE_IS_JOB_BAR (self));

  if (!self->cancellable || g_cancellable_is_cancelled (self->cancellable))
    return;
  set_pulsing (self, isnan (fraction));
  if (!isnan (fraction))
    gtk_progress_bar_set_fraction (self->progress, CLAMP (fraction, 0, 1));
  if (what)
    {
      gtk_progress_bar_set_text (self->progress, what);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
    }
}

/**
 * hone_job_bar_end:
 * @self: a bar
 *
 * The work is over, whatever came of it.
 */
void
hone_job_bar_end (HoneJobBar *self)
{
  g_return_if_fail (HONE_IS_JOB_BAR (self));

  set_pulsing (self, FALSE);
  g_clear_handle_id (&self->show, g_source_remove);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * hone_job_bar_get_running:
 * @self: a bar
 *
 * Returns: whether some work has begun and not ended
 */
gboolean
hone_job_bar_get_running (HoneJobBar *self)
{
  g_return_val_if_fail (HONE_IS_JOB_BAR (self), FALSE);

  return self->cancellable != NULL;
}

/**
 * hone_job_bar_cancel:
 * @self: a bar
 *
 * Asks the work to stop; it ends when it can.
 */
void
hone_job_bar_cancel (HoneJobBar *self)
{
  g_return_if_fail (HONE_IS_JOB_BAR (self));

  if (!self->cancellable)
    return;
  hone_job_bar_tell (NAN, _("Stopping"), self);
  gtk_widget_set_sensitive (self->stop, FALSE);
  g_cancellable_cancel (self->cancellable);
}
