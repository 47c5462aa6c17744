/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a window, for its files. */
#pragma once

#include "hone-window.h"
#include "model/hone-selection.h"

G_BEGIN_DECLS

struct _HoneWindow {
  AdwApplicationWindow  parent_instance;

  char                 *path;
  HoneProject          *project;
  HoneSelection        *selection;
  GCancellable         *opening;
  GStrv                 to_import;    /* (nullable): files to offer for import once the project is open */
  gboolean              closing;      /* the user was asked, or need not be */

  GtkStack             *stack;        /* start, opening, project */
  AdwViewStack         *pages;
  AdwWindowTitle       *title;
  AdwBin               *runs;
};

void _hone_window_install_actions (GtkWidgetClass *widget_class);
void _hone_window_create          (HoneWindow     *self,
                                   const char     *path,
                                   GStrv           to_import);   /* (transfer full) (nullable) */

G_END_DECLS
