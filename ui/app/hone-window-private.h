/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of a window, for its files. */
#pragma once

#include "hone-window.h"
#include "model/hone-selection.h"
#include "widgets/hone-job-bar.h"

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
  GtkWidget            *start;
  AdwViewStack         *pages;
  AdwWindowTitle       *title;
  AdwBin               *runs;
  HoneJobBar           *job;          /* a copy, or compacting */
};

void _hone_window_install_actions (GtkWidgetClass *widget_class);
void _hone_window_enable_workbench (HoneWindow   *self);
void _hone_window_take_f10       (HoneWindow     *self);
void _hone_window_create          (HoneWindow     *self,
                                   const char     *path,
                                   GStrv           to_import);   /* (transfer full) (nullable) */
/* Asks where to keep a new project made of these files. */
void _hone_window_propose         (HoneWindow     *self,
                                   GStrv           texts);       /* (transfer full): at least one */

/* Which files are projects. (transfer full) */
GtkFileFilter *_hone_window_new_filter (void);

/* ---- hone-window-project.c ---- */
void _hone_window_install_project_actions (GtkWidgetClass *widget_class);
void _hone_window_update_project       (HoneWindow     *self);

/* ---- hone-window-data.c ---- */
void _hone_window_install_data_actions (GtkWidgetClass *widget_class);
void _hone_window_enable_data          (HoneWindow     *self);
void _hone_window_import               (HoneWindow         *self,
                                        const char * const *paths);
void _hone_window_accept_files         (HoneWindow     *self);

/* ---- hone-window-help.c ---- */
void _hone_window_help_action          (GtkWidget      *widget,
                                        const char     *action,
                                        GVariant       *parameter);

G_END_DECLS
