/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-toast.h"

#define UNDO_SECONDS 12   /* longer than usual: one reads it and thinks about it */

static void
show (GtkWidget *inside,
      AdwToast  *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (inside, ADW_TYPE_TOAST_OVERLAY);

  if (overlay)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}

/* Toasts read markup in their title. */
static AdwToast *
new_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

/**
 * hone_toast:
 * @inside: a widget of the window
 * @text: what happened
 *
 * Tells what happened.
 */
void
hone_toast (GtkWidget  *inside,
            const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (inside) && text);

  show (inside, new_toast (text));
}

/**
 * hone_toast_error:
 * @inside: a widget of the window
 * @error: what went wrong
 *
 * Tells what went wrong, and stays until it is dismissed.
 */
void
hone_toast_error (GtkWidget    *inside,
                  const GError *error)
{
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (inside) && error);

  toast = new_toast (error->message);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  adw_toast_set_timeout (toast, 0);
  show (inside, toast);
}

typedef struct {
  void           (*undo) (gpointer data);
  gpointer         data;
  GDestroyNotify   data_free;
} Undo;

static void
undo_free (gpointer  data,
           GClosure *closure)
{
  Undo *undo = data;

  if (undo->data_free)
    undo->data_free (undo->data);
  g_free (undo);
}

static void
on_undo (AdwToast *toast,
         Undo     *undo)
{
  undo->undo (undo->data);
}

/**
 * hone_toast_undo:
 * @inside: a widget of the window
 * @text: what was done
 * @undo: takes it back
 * @data: for @undo
 * @data_free: (nullable): frees @data
 *
 * Tells what was done, with a button to take it back.
 */
void
hone_toast_undo (GtkWidget       *inside,
                 const char      *text,
                 void           (*undo) (gpointer data),
                 gpointer         data,
                 GDestroyNotify   data_free)
{
  Undo *kept;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (inside) && text && undo);

  kept = g_new (Undo, 1);
  *kept = (Undo) { undo, data, data_free };
  toast = new_toast (text);
  adw_toast_set_button_label (toast, _("_Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_undo), kept, undo_free, 0);
  show (inside, toast);
}
