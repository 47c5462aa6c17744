/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The insides of the sidebar, for its files. */
#pragma once

#include "hone-experiment-sidebar.h"
#include "hone-sidebar-row.h"

G_BEGIN_DECLS

struct _HoneExperimentSidebar {
  AdwBin              parent_instance;

  HoneProject        *project;
  HoneSelection      *selection;
  HoneScoreboard     *scoreboard;
  GtkFilter          *shown;
  GtkSingleSelection *rows;
  gboolean            show_archived;
  gboolean            following;     /* the rows follow the selection just now */

  GtkStack           *stack;         /* list, empty */
  GtkListView        *list;
  GtkWidget          *archived;      /* the button that shows them */
  GtkWidget          *menu;          /* GtkPopoverMenu: of one experiment */
};

void _hone_experiment_sidebar_install_actions (GtkWidgetClass        *widget_class);
void _hone_experiment_sidebar_update_actions  (HoneExperimentSidebar *self);
void _hone_experiment_sidebar_show_menu       (HoneExperimentSidebar *self,
                                               double                 x,
                                               double                 y,
                                               HoneSidebarRow        *row);

G_END_DECLS
