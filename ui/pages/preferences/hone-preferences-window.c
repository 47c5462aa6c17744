/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-keys-group.h"
#include "hone-preferences-window.h"
#include "hone-storage-group.h"
#include "widgets/hone-dialog.h"
#include "widgets/hone-settings.h"

struct _HonePreferencesWindow {
  AdwWindow      parent_instance;

  GtkWidget     *theme;
  AdwActionRow  *threads_row;
  GtkWidget     *threads;
  GtkWidget     *offline;
  HoneKeysGroup *keys;
};

G_DEFINE_FINAL_TYPE (HonePreferencesWindow, hone_preferences_window, ADW_TYPE_WINDOW)

static const char * const themes[] = { "system", "light", "dark" };   /* as in the row */

static gboolean
theme_to_row (GValue   *value,
              GVariant *variant,
              gpointer  data)
{
  const char *nick = g_variant_get_string (variant, NULL);
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (themes) && g_strcmp0 (themes[i], nick) != 0)
    i++;
  g_value_set_uint (value, i);
  return TRUE;
}

static GVariant *
row_to_theme (const GValue       *value,
              const GVariantType *type,
              gpointer            data)
{
  return g_variant_new_string (themes[MIN (g_value_get_uint (value), G_N_ELEMENTS (themes) - 1)]);
}

static void
hone_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HONE_TYPE_PREFERENCES_WINDOW);
  G_OBJECT_CLASS (hone_preferences_window_parent_class)->dispose (object);
}

static void
hone_preferences_window_class_init (HonePreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_preferences_window_dispose;

  g_type_ensure (HONE_TYPE_KEYS_GROUP);
  g_type_ensure (HONE_TYPE_STORAGE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/preferences/hone-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HonePreferencesWindow, theme);
  gtk_widget_class_bind_template_child (widget_class, HonePreferencesWindow, threads_row);
  gtk_widget_class_bind_template_child (widget_class, HonePreferencesWindow, threads);
  gtk_widget_class_bind_template_child (widget_class, HonePreferencesWindow, offline);
  gtk_widget_class_bind_template_child (widget_class, HonePreferencesWindow, keys);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hone_preferences_window_init (HonePreferencesWindow *self)
{
  GSettings *settings = hone_settings_get ();
  g_autofree char *about = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  about = g_strdup_printf (_("0: as many as this computer has processors, which is %u. Models and scores are the same for any number."),
                           g_get_num_processors ());
  adw_action_row_set_subtitle (self->threads_row, about);
  g_settings_bind_with_mapping (settings, "theme", self->theme, "selected", G_SETTINGS_BIND_DEFAULT, theme_to_row, row_to_theme, NULL, NULL);
  g_settings_bind (settings, "engine-threads", self->threads, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "offline", self->offline, "active", G_SETTINGS_BIND_DEFAULT);
}

/**
 * hone_preferences_window_new:
 * @parent: (nullable): the window to stand over
 * @project: (nullable): whose keys to show
 *
 * Returns: (transfer none): the window, to be presented
 */
GtkWindow *
hone_preferences_window_new (GtkWindow   *parent,
                             HoneProject *project)
{
  HonePreferencesWindow *self;

  g_return_val_if_fail (!project || HONE_IS_PROJECT (project), NULL);

  self = g_object_new (HONE_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);
  hone_dialog_fit (GTK_WINDOW (self));
  hone_keys_group_set_project (self->keys, project);
  return GTK_WINDOW (self);
}
