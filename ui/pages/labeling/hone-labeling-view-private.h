/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Insides of HoneLabelingView: what is shown (hone-labeling-view.c), keys and actions (-keys.c), filters and orders (-bar.c). */
#pragma once

#include "hone-category-finder.h"
#include "hone-category-pad.h"
#include "hone-labeling-history.h"
#include "hone-labeling-view.h"
#include "model/hone-catalogue.h"
#include "widgets/hone-chip-bar.h"

G_BEGIN_DECLS

struct _HoneLabelingView {
  AdwBin               parent_instance;

  HoneLabeling        *labeling;
  HoneCatalogue       *catalogue;
  GSimpleActionGroup  *filter_actions;
  HoneExampleItem     *shown;          /* (nullable): whose text the buffer has */
  GtkWidget           *definitions;    /* (nullable): popover */
  gboolean             large;          /* there is room for more than the text */
  guint                resize;         /* source */
  guint                impossible;     /* orders, as bits */
  gboolean             ordering;       /* the drop-down is set by us */

  /* the bar */
  HoneChipBar         *chips;
  GtkMenuButton       *filter_button;
  GtkDropDown         *order;
  GtkLabel            *position;
  GtkMenuButton       *more;

  /* the text */
  GtkStack            *stack;
  GtkWidget           *page;           /* has the focus while one labels */
  AdwClamp            *clamp;
  GtkScrolledWindow   *scroller;
  GtkTextView         *text;
  GtkLabel            *about;
  GtkWidget           *failure;
  GtkLabel            *failure_label;
  GtkWidget           *choices;        /* pad or finder */
  HoneCategoryPad     *pad;
  HoneCategoryFinder  *finder;
  GtkLabel            *answer;
  GtkWidget           *save;
  GtkToggleButton     *flag;
  GtkMenuButton       *note_button;
  GtkPopover          *note_popover;
  GtkEditable         *note;
  GtkLabel            *skip_key, *note_key, *flag_key, *blind_key, *undo_key;
  AdwStatusPage       *empty;
  GtkButton           *empty_button;

  /* around it */
  GtkWidget           *side;
  HoneLabelingHistory *history;
  GtkLabel            *progress;
};

/* ---- hone-labeling-view-keys.c ---- */
void     _hone_labeling_view_install_actions (GtkWidgetClass   *widget_class);
void     _hone_labeling_view_update_actions  (HoneLabelingView *self);
/* A key that was pressed anywhere in the view, before anybody else sees it; TRUE: it was for labeling. */
gboolean _hone_labeling_view_key             (HoneLabelingView *self,
                                              guint             keyval,
                                              guint             keycode,
                                              GdkModifierType   state);
/* What the buttons say of their keys. */
void     _hone_labeling_view_name_keys       (HoneLabelingView *self);

/* ---- hone-labeling-view-bar.c ---- */
void     _hone_labeling_view_watch_bar       (HoneLabelingView *self);
void     _hone_labeling_view_update_bar      (HoneLabelingView *self);
void     _hone_labeling_view_order_chosen    (HoneLabelingView *self);
void     _hone_labeling_view_chip_removed    (HoneLabelingView *self,
                                              int               part);

G_END_DECLS
