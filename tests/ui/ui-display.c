/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "ui-display.h"
#include "ui-support.h"

gboolean
ui_display_init (int    *argc,
                 char ***argv)
{
  g_test_init (argc, argv, NULL);
  if (gtk_init_check ())
    {
      adw_init ();
      return TRUE;
    }
  g_print ("1..0 # SKIP no display\n");
  return FALSE;
}

void
ui_display_settle (void)
{
  for (guint i = 0; i < 20; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (2000);
    }
}

GtkWindow *
ui_display_show (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  ui_display_settle ();
  return GTK_WINDOW (window);
}

void
ui_display_close (GtkWindow *window,
                  GtkWidget *widget)
{
  gpointer left = widget;

  g_object_add_weak_pointer (G_OBJECT (widget), &left);
  gtk_window_destroy (window);
  ui_display_settle ();
  g_assert_null (left);
}

/* There is no way to send a key event, but shortcuts of a class can be found and activated. */
gboolean
ui_display_key (GtkWidget *widget,
                guint      key)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      for (guint k = 0; GTK_IS_SHORTCUT_CONTROLLER (controller) && k < g_list_model_get_n_items (G_LIST_MODEL (controller)); k++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), k);
          GtkShortcutTrigger *trigger = gtk_shortcut_get_trigger (shortcut);

          if (GTK_IS_KEYVAL_TRIGGER (trigger) && gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)) == key)
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0, widget, gtk_shortcut_get_arguments (shortcut));
        }
    }
  return FALSE;
}

/* ---- what is in a window ---- */

GtkWidget *
ui_display_find (GtkWidget *inside,
                 GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (inside, type))
    return inside;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_display_find (child, type);

      if (found)
        return found;
    }
  return NULL;
}

GtkWidget *
ui_display_find_button (GtkWidget  *inside,
                        const char *text)
{
  if (GTK_IS_LABEL (inside) && gtk_widget_get_mapped (inside) && g_str_equal (gtk_label_get_text (GTK_LABEL (inside)), text))
    return gtk_widget_get_ancestor (inside, GTK_TYPE_BUTTON);
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = ui_display_find_button (child, text);

      if (found)
        return found;
    }
  return NULL;
}

gboolean
ui_display_says (GtkWidget  *inside,
                 const char *text)
{
  const char *said = GTK_IS_LABEL (inside)         ? gtk_label_get_text (GTK_LABEL (inside))
                     : GTK_IS_INSCRIPTION (inside) ? gtk_inscription_get_text (GTK_INSCRIPTION (inside))
                                                   : NULL;

  if (said && gtk_widget_get_mapped (inside) && strstr (said, text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (inside); child; child = gtk_widget_get_next_sibling (child))
    if (ui_display_says (child, text))
      return TRUE;
  return FALSE;
}

typedef struct {
  GtkWidget  *inside;
  const char *text;
} Saying;

static gboolean
is_said (gpointer data)
{
  const Saying *saying = data;

  return ui_display_says (saying->inside, saying->text);
}

void
ui_display_wait_for (GtkWidget  *inside,
                     const char *text)
{
  Saying saying = { inside, text };

  ui_support_wait (is_said, &saying);
}

static GtkWidget *
find_in_windows (GtkWidget  *(*find) (GtkWidget  *inside,
                                      const char *text),
                 const char  *text)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *found = NULL;

  for (guint i = 0; !found && i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (gtk_widget_get_mapped (window))
        found = find (window, text);
    }
  return found;
}

static GtkWidget *
find_window (GtkWidget  *inside,
             const char *text)
{
  return ui_display_says (inside, text) ? inside : NULL;
}

GtkWidget *
ui_display_find_saying (const char *text)
{
  return find_in_windows (find_window, text);
}

static gboolean
has_button (gpointer button)
{
  return find_in_windows (ui_display_find_button, button) != NULL;
}

void
ui_display_answer (const char *button)
{
  ui_support_wait (has_button, (gpointer) button);
  g_signal_emit_by_name (find_in_windows (ui_display_find_button, button), "clicked");
  ui_display_settle ();
}
