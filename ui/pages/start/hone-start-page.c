/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "hone-start-page.h"

#define MIME_TYPE "application/x-hone-project"
#define MAX_RECENT 8

struct _HoneStartPage {
  AdwBin               parent_instance;

  AdwPreferencesGroup *recent;
  GtkListBox          *projects;
};

G_DEFINE_FINAL_TYPE (HoneStartPage, hone_start_page, ADW_TYPE_BIN)

static char *
without_ending (const char *name)
{
  gsize length = strlen (name);

  return g_strndup (name, g_str_has_suffix (name, ".hone") ? length - strlen (".hone") : length);
}

/* The folder as people write it. */
static char *
dup_place (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *shown = g_filename_display_name (folder);
  const char *home = g_get_home_dir ();

  if (g_str_has_prefix (shown, home) && (shown[strlen (home)] == G_DIR_SEPARATOR || !shown[strlen (home)]))
    return g_strconcat ("~", shown + strlen (home), NULL);
  return g_steal_pointer (&shown);
}

static void
on_row (HoneStartPage *self,
        GtkListBoxRow *row)
{
  const char *path = gtk_widget_get_name (GTK_WIDGET (row));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.open-path", "s", path);
}

static void
add_row (HoneStartPage *self,
         GtkRecentInfo *info,
         const char    *path)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = without_ending (gtk_recent_info_get_display_name (info));
  g_autofree char *title = g_markup_escape_text (name, -1);
  g_autofree char *place = dup_place (path);
  g_autofree char *subtitle = g_markup_escape_text (place, -1);
  g_autofree char *age = g_date_time_format (gtk_recent_info_get_modified (info), "%x");
  GtkWidget *date = gtk_label_new (age);

  gtk_widget_set_name (row, path);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_add_css_class (date, "dim-label");
  gtk_widget_add_css_class (date, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), date);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_list_box_append (self->projects, row);
}

static int
newest_first (gconstpointer a,
              gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_modified ((gpointer) b), gtk_recent_info_get_modified ((gpointer) a));
}

/* The file chooser of GTK remembers every file, also the texts that a project was made of. */
static gboolean
is_project (GtkRecentInfo *info)
{
  return g_strcmp0 (gtk_recent_info_get_mime_type (info), MIME_TYPE) == 0 &&
         gtk_recent_info_has_application (info, g_get_application_name ()) && gtk_recent_info_exists (info);
}

static void
show_recent (HoneStartPage *self)
{
  GList *items = g_list_sort (gtk_recent_manager_get_items (gtk_recent_manager_get_default ()), newest_first);
  GtkWidget *row;
  guint n = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->projects))))
    gtk_list_box_remove (self->projects, row);
  for (GList *l = items; l && n < MAX_RECENT; l = l->next)
    {
      g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (l->data), NULL, NULL);

      if (!path || !is_project (l->data))
        continue;
      add_row (self, l->data, path);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->recent), n > 0);
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
}

static void
hone_start_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HONE_TYPE_START_PAGE);
  G_OBJECT_CLASS (hone_start_page_parent_class)->dispose (object);
}

static void
hone_start_page_class_init (HoneStartPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_start_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/start/hone-start-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneStartPage, recent);
  gtk_widget_class_bind_template_child (widget_class, HoneStartPage, projects);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
}

static void
hone_start_page_init (HoneStartPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_recent_manager_get_default (), "changed", G_CALLBACK (show_recent), self, G_CONNECT_SWAPPED);
  show_recent (self);
}

/**
 * hone_start_page_remember:
 * @path: a project that was opened
 *
 * Puts it among the recent projects, on each start page.
 */
void
hone_start_page_remember (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  char *groups[] = { NULL };
  GtkRecentData data = { .mime_type = (char *) MIME_TYPE, .app_name = (char *) g_get_application_name (),
                         .app_exec = (char *) "hone %f", .groups = groups };

  if (uri)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}
