/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-toast.h"

#define BUTTON_SECONDS 12   /* longer than usual: one reads it and thinks about it */

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
  void           (*pressed) (gpointer data);
  gpointer         data;
  GDestroyNotify   data_free;
} Button;

static void
button_free (gpointer  data,
             GClosure *closure)
{
  Button *button = data;

  if (button->data_free)
    button->data_free (button->data);
  g_free (button);
}

static void
on_pressed (AdwToast *toast,
            Button   *button)
{
  button->pressed (button->data);
}

/**
 * hone_toast_button:
 * @inside: a widget of the window
 * @text: what happened
 * @label: of the button, with mnemonic
 * @pressed: what the button does
 * @data: for @pressed
 * @data_free: (nullable): frees @data
 *
 * Tells what happened, with a button for what one may want next.
 */
void
hone_toast_button (GtkWidget       *inside,
                   const char      *text,
                   const char      *label,
                   void           (*pressed) (gpointer data),
                   gpointer         data,
                   GDestroyNotify   data_free)
{
  Button *button;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (inside) && text && label && pressed);

  button = g_new (Button, 1);
  *button = (Button) { pressed, data, data_free };
  toast = new_toast (text);
  adw_toast_set_button_label (toast, label);
  adw_toast_set_timeout (toast, BUTTON_SECONDS);
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (on_pressed), button, button_free, 0);
  show (inside, toast);
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
  hone_toast_button (inside, text, _("_Undo"), undo, data, data_free);
}
