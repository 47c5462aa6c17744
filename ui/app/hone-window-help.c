/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Help: the page that fits what is seen, in the program that opens web pages. */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-window-private.h"
#include "model/hone-help.h"
#include "pages/labeling/hone-labeling-view.h"
#include "widgets/hone-settings.h"
#include "widgets/hone-toast.h"

typedef struct {
  HoneWindow *window;
  char       *path;
} Opening;

static void
opening_free (Opening *self)
{
  g_object_unref (self->window);
  g_free (self->path);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

typedef struct {
  GdkDisplay *display;
  char       *path;
} Copying;

static void
copying_free (gpointer data)
{
  Copying *self = data;

  g_object_unref (self->display);
  g_free (self->path);
  g_free (self);
}

static void
copy_path (gpointer data)
{
  const Copying *self = data;

  gdk_clipboard_set_text (gdk_display_get_clipboard (self->display), self->path);
}

/* Where no program opens web pages, one can still be told where they are. */
static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Opening) self = user_data;
  g_autofree char *text = NULL;
  Copying *copying;

  if (g_app_info_launch_default_for_uri_finish (result, NULL))
    return;
  copying = g_new0 (Copying, 1);
  copying->display = g_object_ref (gtk_widget_get_display (GTK_WIDGET (self->window)));
  copying->path = g_strdup (self->path);
  text = g_strdup_printf (_("The help is in “%s”"), self->path);
  hone_toast_button (GTK_WIDGET (self->window->stack), text, _("_Copy"), copy_path, copying, copying_free);
}

/* The workbench has a page about reading and one about labeling: the keyboard is where the user is at work. */
static const char *
name_of_place (HoneWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (!self->project)
    return "start";
  if (focus && gtk_widget_get_ancestor (focus, HONE_TYPE_LABELING_VIEW))
    return "labeling";
  return adw_view_stack_get_visible_child_name (self->pages);
}

/**
 * _hone_window_help_action:
 * @widget: a window
 * @action: its name
 * @parameter: (nullable): none
 *
 * Opens the page of the help that explains the page of the window.
 */
void
_hone_window_help_action (GtkWidget  *widget,
                          const char *action,
                          GVariant   *parameter)
{
  HoneWindow *self = HONE_WINDOW (widget);
  g_autoptr(GdkAppLaunchContext) context = gdk_display_get_app_launch_context (gtk_widget_get_display (widget));
  g_autofree char *folder = hone_settings_dup_help ();
  g_autofree char *path = hone_help_dup_path (folder, name_of_place (self));
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  Opening *opening = g_new0 (Opening, 1);

  opening->window = g_object_ref (self);
  opening->path = g_steal_pointer (&path);
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, opened_cb, opening);
}
