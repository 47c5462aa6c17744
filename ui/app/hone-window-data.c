/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of texts offers, from anywhere in the window: menu, keys, and files that are dropped. */
#include "config.h"

#include <string.h>

#include "hone-window-private.h"

static const struct {
  const char *name;        /* “win.” here, “data.” on the page */
  const char *parameter;   /* (nullable) */
} forwarded[] = {
  { "import", NULL },
  { "import-files", "aay" },
  { "imports", NULL },
  { "export", NULL },
  { "classify", NULL },
  { "categories", NULL },
};

static void
forward (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  HoneWindow *self = HONE_WINDOW (widget);
  g_autofree char *name = g_strconcat ("data.", action + strlen ("win."), NULL);
  GtkWidget *page = self->project ? adw_view_stack_get_child_by_name (self->pages, "data") : NULL;

  if (page)
    gtk_widget_activate_action_variant (page, name, parameter);
}

/**
 * _hone_window_enable_data:
 * @self: a window
 *
 * The texts of a project can be worked on where there is one.
 */
void
_hone_window_enable_data (HoneWindow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forwarded); i++)
    {
      g_autofree char *name = g_strconcat ("win.", forwarded[i].name, NULL);

      gtk_widget_action_set_enabled (GTK_WIDGET (self), name, self->project != NULL);
    }
}

/**
 * _hone_window_import:
 * @self: a window that shows a project
 * @paths: (array zero-terminated=1): files
 *
 * Offers files for import.
 */
void
_hone_window_import (HoneWindow         *self,
                     const char * const *paths)
{
  if (paths[0])
    gtk_widget_activate_action (GTK_WIDGET (self), "win.import-files", "^aay", paths);
}

/* ---- dropped files ---- */

/* Projects are opened, all else is imported together. */
static gboolean
on_drop (HoneWindow   *self,
         const GValue *value)
{
  GSList *files = g_value_get_boxed (value);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) texts = NULL;

  for (GSList *l = files; l; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path && g_str_has_suffix (path, ".hone"))
        gtk_widget_activate_action (GTK_WIDGET (self), "win.open-path", "s", path);
      else if (path)
        g_strv_builder_add (builder, path);
    }
  texts = g_strv_builder_end (builder);
  if (!texts[0])
    return files != NULL;
  if (self->project)
    _hone_window_import (self, (const char * const *) texts);
  else
    _hone_window_propose (self, g_steal_pointer (&texts));
  return TRUE;
}

/**
 * _hone_window_accept_files:
 * @self: a window
 *
 * Files can be dropped anywhere on it.
 */
void
_hone_window_accept_files (HoneWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

/**
 * _hone_window_install_data_actions:
 * @widget_class: of the window
 *
 * Names what the window hands on to the page of texts.
 */
void
_hone_window_install_data_actions (GtkWidgetClass *widget_class)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forwarded); i++)
    {
      g_autofree char *name = g_strconcat ("win.", forwarded[i].name, NULL);

      gtk_widget_class_install_action (widget_class, g_intern_string (name), forwarded[i].parameter, forward);
    }
}
