/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to a project as a whole: copies, and giving unused space back. Both go on while one works. */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-window-private.h"
#include "jobs/hone-data-folder.h"
#include "widgets/hone-toast.h"

/* ---- progress of a worker, on the main loop ---- */

typedef struct {
  HoneJobBar *bar;
  double      fraction;
} Told;

static void
told_free (gpointer data)
{
  g_object_unref (((Told *) data)->bar);
  g_free (data);
}

static gboolean
tell (gpointer data)
{
  const Told *told = data;

  hone_job_bar_tell (told->fraction, NULL, told->bar);
  return G_SOURCE_REMOVE;
}

/* ---- copies ---- */

typedef struct {
  HoneWindow *self;
  HoneJobBar *bar;
  char       *path;
} Copying;

static void
copying_free (gpointer data)
{
  Copying *copying = data;

  g_object_unref (copying->self);
  g_object_unref (copying->bar);
  g_free (copying->path);
  g_free (copying);
}

/* In the worker. */
static void
report_copied (double   fraction,
               gpointer data)
{
  Copying *copying = data;
  Told *told = g_new (Told, 1);

  *told = (Told) { g_object_ref (copying->bar), fraction };
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, tell, told, told_free);
}

static gpointer
copy_in_worker (HoneStore     *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  const char *path = ((Copying *) data)->path;
  g_autoptr(HoneStore) copy = NULL;

  if (!hone_store_save_copy (store, path, report_copied, data, cancellable, error))
    return NULL;
  /* It needs the same models from now on. */
  copy = hone_store_open (path, HONE_STORE_READ, NULL);
  if (copy)
    hone_data_remember (copy);
  return GINT_TO_POINTER (TRUE);
}

static void
end_job (HoneWindow   *self,
         const char   *words,    /* (nullable): what was reached */
         const GError *error)
{
  if (!self->job)
    return;
  hone_job_bar_end (self->job);
  _hone_window_update_project (self);
  if (words)
    hone_toast (GTK_WIDGET (self->stack), words);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    hone_toast_error (GTK_WIDGET (self->stack), error);
}

static void
copied_cb (GObject      *store,
           GAsyncResult *result,
           gpointer      user_data)
{
  Copying *copying = user_data;
  g_autoptr(GError) error = NULL;
  gboolean good = hone_store_call_finish (HONE_STORE (store), result, &error) != NULL;
  g_autofree char *name = g_filename_display_basename (copying->path);
  g_autofree char *words = good ? g_strdup_printf (_("The copy “%s” stands"), name) : NULL;

  end_job (copying->self, words, error);
  copying_free (copying);
}

static void
start_copy (HoneWindow *self,
            const char *path)
{
  Copying *copying = g_new (Copying, 1);
  GCancellable *cancellable = hone_job_bar_begin (self->job, _("Saving a copy"));

  *copying = (Copying) { g_object_ref (self), g_object_ref (self->job),
                         g_str_has_suffix (path, ".hone") ? g_strdup (path) : g_strconcat (path, ".hone", NULL) };
  _hone_window_update_project (self);
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_LONG, copy_in_worker, copying, NULL, NULL, cancellable,
                         copied_cb, copying);
}

static void
copy_chosen_cb (GObject      *window,
                GAsyncResult *result,
                gpointer      user_data)
{
  HoneWindow *self = HONE_WINDOW (window);
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  g_autoptr(GFile) file = files ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file ? g_file_get_path (file) : NULL;

  if (path && self->project && !hone_job_bar_get_running (self->job))
    start_copy (self, path);
}

static void
save_copy_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HoneWindow *self = HONE_WINDOW (widget);
  g_autoptr(GtkFileFilter) filter = NULL;
  g_autofree char *name = NULL;

  if (!self->project)
    return;
  filter = _hone_window_new_filter ();
  /* Translators: proposed file name of a copy of a project */
  name = g_strdup_printf (_("%s copy.hone"), hone_project_get_name (self->project));
  hone_compat_choose_file_async (GTK_WINDOW (widget), HONE_FILE_SAVE, _("Save a Copy"), filter, name, copy_chosen_cb, NULL);
}

/* ---- compacting ---- */

typedef struct {
  guint64 before, unused, after;
} Sizes;

static gpointer
measure (HoneStore     *store,
         gpointer       data,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autofree Sizes *sizes = g_new0 (Sizes, 1);

  return hone_store_get_size (store, &sizes->before, &sizes->unused, error) ? g_steal_pointer (&sizes) : NULL;
}

static gpointer
compact_in_worker (HoneStore     *store,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autofree Sizes *sizes = g_new0 (Sizes, 1);

  if (hone_store_get_size (store, &sizes->before, &sizes->unused, error) && hone_store_compact (store, cancellable, error) &&
      hone_store_get_size (store, &sizes->after, &sizes->unused, error))
    return g_steal_pointer (&sizes);
  return NULL;
}

static void
compacted_cb (GObject      *store,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(HoneWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree Sizes *sizes = hone_store_call_finish (HONE_STORE (store), result, &error);
  g_autofree char *before = sizes ? g_format_size (sizes->before) : NULL;
  g_autofree char *after = sizes ? g_format_size (sizes->after) : NULL;
  /* Translators: sizes of a file, such as “8.1 MB” */
  g_autofree char *words = sizes ? g_strdup_printf (_("Compacted from %s to %s"), before, after) : NULL;

  end_job (self, words, error);
}

static void
confirmed_cb (GObject      *window,
              GAsyncResult *result,
              gpointer      user_data)
{
  HoneWindow *self = HONE_WINDOW (window);
  GCancellable *cancellable;

  if (!hone_compat_confirm_finish (GTK_WIDGET (window), result) || !self->project || hone_job_bar_get_running (self->job))
    return;
  cancellable = hone_job_bar_begin (self->job, _("Compacting"));
  _hone_window_update_project (self);
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_LONG, compact_in_worker, NULL, NULL, g_free, cancellable,
                         compacted_cb, g_object_ref (self));
}

static void
measured_cb (GObject      *store,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(HoneWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree Sizes *sizes = hone_store_call_finish (HONE_STORE (store), result, &error);
  g_autofree char *size = NULL, *unused = NULL, *body = NULL;

  if (!self->project)
    return;
  if (!sizes)
    {
      hone_toast_error (GTK_WIDGET (self->stack), error);
      return;
    }
  size = g_format_size (sizes->before);
  unused = g_format_size (sizes->unused);
  body = sizes->unused
         ? g_strdup_printf (_("The file has %s, at least %s of which hold nothing. Compacting gives them back to the disk and loses nothing. It "
                              "needs as much free space again for a moment, and labels wait until it is done."), size, unused)
         : g_strdup_printf (_("The file has %s, and little of it is unused. Compacting loses nothing. It needs as much free space again for a "
                              "moment, and labels wait until it is done."), size);
  hone_compat_confirm_async (GTK_WIDGET (self), _("Compact the Project?"), body, _("_Compact"), FALSE, confirmed_cb, NULL);
}

static void
compact_action (GtkWidget  *widget,
                const char *action,
                GVariant   *parameter)
{
  HoneWindow *self = HONE_WINDOW (widget);

  if (self->project)
    hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, measure, NULL, NULL, g_free, NULL, measured_cb,
                           g_object_ref (self));
}

/**
 * _hone_window_update_project:
 * @self: a window
 *
 * One such work at a time, where there is a project; compacting needs one that can be written.
 */
void
_hone_window_update_project (HoneWindow *self)
{
  gboolean idle = self->project && !hone_job_bar_get_running (self->job);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.save-copy", idle);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.compact", idle && hone_project_get_writable (self->project));
}

/**
 * _hone_window_install_project_actions:
 * @widget_class: of the window
 */
void
_hone_window_install_project_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.save-copy", NULL, save_copy_action);
  gtk_widget_class_install_action (widget_class, "win.compact", NULL, compact_action);
}
