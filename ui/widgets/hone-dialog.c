/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "hone-dialog.h"

#define MARGIN 40         /* pixels of the window that stay in sight */
#define LEAST_HEIGHT 400

/**
 * hone_dialog_fit:
 * @dialog: not shown yet, with its default size
 *
 * Makes the dialog lower than the window it belongs to, which is on the screen: a higher one could reach beyond the screen's edge.
 */
void
hone_dialog_fit (GtkWindow *dialog)
{
  GtkWindow *parent = gtk_window_get_transient_for (dialog);
  int width, height;

  if (!parent || !gtk_widget_get_mapped (GTK_WIDGET (parent)))
    return;
  gtk_window_get_default_size (dialog, &width, &height);
  gtk_window_set_default_size (dialog, width, MIN (height, MAX (gtk_widget_get_height (GTK_WIDGET (parent)) - MARGIN, LEAST_HEIGHT)));
}
