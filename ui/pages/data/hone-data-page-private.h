/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page of texts for its own files. */
#pragma once

#include "hone-data-page.h"
#include "hone-example-cell.h"
#include "hone-example-details.h"
#include "hone-filter-bar.h"
#include "model/hone-example-count.h"
#include "model/hone-example-list.h"

G_BEGIN_DECLS

struct _HoneDataPage {
  AdwBin               parent_instance;

  HoneProject         *project;
  HoneSelection       *selection;
  HoneCatalogue       *catalogue;
  HoneExampleCount    *count;
  HoneExampleList     *list;
  GtkMultiSelection   *chosen;
  gboolean             behind;     /* the list is of another query than the selection, and catches up when it is looked at */

  HoneFilterBar       *bar;
  GtkStack            *stack;      /* loading, list, empty, nothing */
  GtkColumnView       *view;
  GtkListItemFactory  *factories[HONE_N_CELLS];   /* owned by their columns */
  GtkColumnViewColumn *answers;    /* (nullable): only where an iteration is chosen */
  HoneExampleDetails  *details;
  GtkWidget           *row_menu;
};

/* ---- hone-data-actions.c ---- */
void  _hone_data_page_install_actions (GtkWidgetClass *widget_class);
void  _hone_data_page_update_actions  (HoneDataPage   *self);

/* ---- hone-data-imports.c ---- */
void  _hone_data_page_install_imports (GtkWidgetClass *widget_class);
void  _hone_data_page_update_imports  (HoneDataPage   *self);

/* ---- hone-data-dialogs.c ---- */
void  _hone_data_page_install_dialogs (GtkWidgetClass *widget_class);

/* ---- hone-data-columns.c ---- */
/* The columns of the list, and the menu of its rows. */
void  _hone_data_page_add_columns     (HoneDataPage   *self);
void  _hone_data_page_show_answers    (HoneDataPage   *self,
                                       gboolean        show);

G_END_DECLS
