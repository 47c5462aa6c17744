/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Dialogs over a window of any size. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Before it is shown: no higher than the window it belongs to. */
void hone_dialog_fit (GtkWindow *dialog);

G_END_DECLS
