/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-labeling-view-private.h"
#include "model/hone-label-keys.h"
#include "model/hone-words.h"
#include "widgets/hone-toast.h"

#define READING_CHARS  70      /* of a line */
#define SPOKEN_CHARS   400     /* of the text that a screen reader reads by itself */
#define LARGE_WIDTH    860     /* from here on there is room for the last decisions at the side */
#define LARGE_HEIGHT   500

enum {
  PROP_0,
  PROP_BLIND,
  PROP_ONLY_OPEN,
  PROP_REVIEW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HoneLabelingView, hone_labeling_view, ADW_TYPE_BIN)

/* ---- the text ---- */

static void
speak (HoneLabelingView  *self,
       const HoneExample *example)   /* (nullable) */
{
  g_autofree char *start = NULL;

  if (example)
    start = g_utf8_substring (example->text, 0, MIN (g_utf8_strlen (example->text, 4 * SPOKEN_CHARS), SPOKEN_CHARS));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->page), GTK_ACCESSIBLE_PROPERTY_LABEL, start ? start : _("Labeling"), -1);
}

/* A text that has not been read yet is shown as nothing: what a key would label is never the text before. */
static void
show_text (HoneLabelingView *self,
           HoneExampleItem  *item)   /* (nullable) */
{
  const HoneExample *example = item ? hone_example_item_get_example (item) : NULL;

  if (self->shown && item == self->shown)
    return;
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), example ? example->text : "", -1);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  speak (self, example);
  g_set_object (&self->shown, (example ? item : NULL));
}

static void
show_choices (HoneLabelingView *self)
{
  HoneCategorySet *chosen = hone_labeling_get_chosen (self->labeling);
  const HoneItemAnswer *answer = hone_labeling_get_answer (self->labeling);
  HoneOntology *ontology = hone_project_get_ontology (hone_labeling_get_project (self->labeling));
  g_autofree char *words = hone_labeling_dup_answer_words (self->labeling);

  hone_category_pad_show (self->pad, chosen, answer ? answer->categories : NULL);
  hone_category_finder_show (self->finder, chosen);
  gtk_label_set_text (self->answer, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->answer), *words ? words : NULL);
  gtk_widget_set_visible (self->save, chosen || hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL);
}

static void
show_note (HoneLabelingView *self)
{
  const char *note = hone_labeling_get_note (self->labeling);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self->note_popover)))
    gtk_editable_set_text (self->note, note ? note : "");
  gtk_toggle_button_set_active (self->flag, hone_labeling_get_flag (self->labeling));
}

/* ---- no text ---- */

typedef struct {
  const char *icon, *title, *words, *button, *action;
} Empty;

static gboolean
has_filter (HoneLabelingView *self)
{
  const HoneFilter all = HONE_FILTER_ALL;

  return !hone_filter_equal (hone_selection_get_filter (hone_labeling_get_selection (self->labeling)), &all);
}

static Empty
describe_done (HoneLabelingView *self)
{
  HoneLabelingProgress progress;

  hone_labeling_get_progress (self->labeling, &progress);
  if (progress.skipped)
    return (Empty) { "object-select-symbolic", _("Nothing Left but What You Skipped"), _("Texts that were skipped can come again."),
                     _("Show Them _Again"), "label.restart" };
  if (has_filter (self))
    return (Empty) { "object-select-symbolic", _("These Are Done"), _("No text that fits the filters is left."),
                     _("_Clear Filters"), "label.clear-filters" };
  return (Empty) { "object-select-symbolic", _("Every Text Has a Label"), _("Train an iteration to see what a model makes of them."),
                   _("New _Iteration…"), "win.new-iteration" };
}

static Empty
describe_empty (HoneLabelingView  *self,
                HoneLabelingState  state)
{
  switch (state)
    {
    case HONE_LABELING_NO_TEXTS:
      return (Empty) { "document-open-symbolic", _("No Texts Yet"), _("Labels are given to texts. Import some first."),
                       _("_Import…"), "win.import" };
    case HONE_LABELING_NO_CATEGORIES:
      return (Empty) { "view-list-symbolic", _("No Categories Yet"), _("Name what texts are to be sorted into."),
                       _("_Categories…"), "win.categories" };
    case HONE_LABELING_NOTHING_FITS:
      return (Empty) { "edit-find-symbolic", _("No Text Fits the Filters"), NULL, _("_Clear Filters"), "label.clear-filters" };
    case HONE_LABELING_UNREADABLE:
      return (Empty) { "dialog-warning-symbolic", _("The Texts Could Not Be Read"), NULL, _("Try _Again"), "label.restart" };
    default:
      return describe_done (self);
    }
}

static void
show_empty (HoneLabelingView  *self,
            HoneLabelingState  state)
{
  Empty empty = describe_empty (self, state);

  adw_status_page_set_icon_name (self->empty, self->large ? empty.icon : NULL);
  adw_status_page_set_title (self->empty, empty.title);
  adw_status_page_set_description (self->empty, empty.words);
  gtk_button_set_label (self->empty_button, empty.button);
  gtk_button_set_use_underline (self->empty_button, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->empty_button), empty.action);
}

/* ---- together ---- */

/* Focus that stood on something that is gone goes back to labeling. */
static void
mind_focus (HoneLabelingView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root ? gtk_root_get_focus (root) : NULL;

  if (focus && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) && !gtk_widget_get_child_visible (focus))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
show (HoneLabelingView *self)
{
  HoneLabelingState state = hone_labeling_get_state (self->labeling);
  g_autofree char *about = hone_labeling_dup_text_words (self->labeling);

  show_text (self, state == HONE_LABELING_TEXT ? hone_labeling_get_current (self->labeling) : NULL);
  gtk_label_set_text (self->about, state == HONE_LABELING_TEXT ? about : "");
  show_choices (self);
  show_note (self);
  if (!hone_labeling_has_failed (self->labeling))
    gtk_widget_set_visible (self->failure, FALSE);
  if (state != HONE_LABELING_TEXT && state != HONE_LABELING_LOADING)
    show_empty (self, state);
  gtk_stack_set_visible_child_name (self->stack, state == HONE_LABELING_TEXT      ? "text"
                                                 : state == HONE_LABELING_LOADING ? "loading"
                                                                                  : "empty");
  _hone_labeling_view_update_actions (self);
  mind_focus (self);
}

static void
show_progress (HoneLabelingView *self)
{
  g_autofree char *words = hone_labeling_dup_progress_words (self->labeling);

  gtk_label_set_text (self->progress, words);
  _hone_labeling_view_update_bar (self);
  _hone_labeling_view_update_actions (self);
}

static void
on_failed (HoneLabelingView *self,
           const GError     *error)
{
  g_autofree char *words = NULL;

  if (!hone_labeling_has_failed (self->labeling))
    {
      hone_toast_error (GTK_WIDGET (self), error);
      return;
    }
  words = g_strdup_printf (_("Not saved: %s"), error->message);
  gtk_label_set_text (self->failure_label, words);
  gtk_widget_set_visible (self->failure, TRUE);
}

/* Above as many categories as there are keys one types to find. */
static void
show_categories (HoneLabelingView *self)
{
  HoneOntology *ontology = hone_project_get_ontology (hone_labeling_get_project (self->labeling));
  gboolean keys = hone_ontology_get_size (ontology) <= HONE_N_LABEL_KEYS;

  if (keys)
    hone_category_pad_set_ontology (self->pad, ontology);
  else
    hone_category_finder_set_ontology (self->finder, ontology);
  gtk_widget_set_visible (GTK_WIDGET (self->pad), keys);
  gtk_widget_set_visible (GTK_WIDGET (self->finder), !keys);
  _hone_labeling_view_name_keys (self);
  show (self);
}

/* ---- what the user does ---- */

static void
on_picked (HoneLabelingView *self,
           guint             category)
{
  hone_labeling_pick (self->labeling, category);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_confirmed (HoneLabelingView *self)
{
  hone_labeling_save (self->labeling);
}

static void
on_explain (HoneLabelingView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "label.definitions", NULL);
}

static void
on_note_shown (HoneLabelingView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

static void
on_note_activated (HoneLabelingView *self)
{
  hone_labeling_set_note (self->labeling, gtk_editable_get_text (self->note));
  gtk_popover_popdown (self->note_popover);
}

static gboolean
take_focus_cb (GtkWidget     *widget,
               GdkFrameClock *clock,
               gpointer       data)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (HONE_LABELING_VIEW (widget)->note_popover)))
    gtk_widget_grab_focus (widget);
  return G_SOURCE_REMOVE;
}

/* Keys are meant for labeling. Newer GTK gives the focus to the button once the popover has gone, which is after it says so: the next
 * frame takes it back. */
static void
on_note_closed (HoneLabelingView *self)
{
  show_note (self);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_add_tick_callback (GTK_WIDGET (self), take_focus_cb, NULL, NULL);
}

/* ---- room ---- */

static gboolean
resize_cb (gpointer data)
{
  HoneLabelingView *self = data;

  self->resize = 0;
  gtk_widget_set_visible (self->side, self->large);
  if (self->large)
    gtk_widget_add_css_class (GTK_WIDGET (self), "large");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "large");
  show (self);
  return G_SOURCE_REMOVE;
}

static void
hone_labeling_view_size_allocate (GtkWidget *widget,
                                  int        width,
                                  int        height,
                                  int        baseline)
{
  HoneLabelingView *self = HONE_LABELING_VIEW (widget);
  gboolean large = width >= LARGE_WIDTH && height >= LARGE_HEIGHT;

  gtk_widget_allocate (adw_bin_get_child (ADW_BIN (self)), width, height, baseline, NULL);
  if (large == self->large)
    return;
  self->large = large;
  if (!self->resize)
    self->resize = g_idle_add_full (GTK_PRIORITY_RESIZE - 1, resize_cb, self, NULL);
}

static void
hone_labeling_view_measure (GtkWidget      *widget,
                            GtkOrientation  orientation,
                            int             for_size,
                            int            *minimum,
                            int            *natural,
                            int            *minimum_baseline,
                            int            *natural_baseline)
{
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (widget)), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
}

static GtkSizeRequestMode
hone_labeling_view_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (adw_bin_get_child (ADW_BIN (widget)));
}

/* Lines as long as are good to read, in the font that is used. */
static void
measure_lines (HoneLabelingView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self->text));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = pango_font_metrics_get_approximate_char_width (metrics) * READING_CHARS / PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  adw_clamp_set_maximum_size (self->clamp, width);
  adw_clamp_set_tightening_threshold (self->clamp, width);
}

static void
hone_labeling_view_map (GtkWidget *widget)
{
  HoneLabelingView *self = HONE_LABELING_VIEW (widget);

  GTK_WIDGET_CLASS (hone_labeling_view_parent_class)->map (widget);
  measure_lines (self);
  hone_labeling_set_live (self->labeling, TRUE);
}

static void
hone_labeling_view_unmap (GtkWidget *widget)
{
  hone_labeling_set_live (HONE_LABELING_VIEW (widget)->labeling, FALSE);
  GTK_WIDGET_CLASS (hone_labeling_view_parent_class)->unmap (widget);
}

static gboolean
hone_labeling_view_grab_focus (GtkWidget *widget)
{
  HoneLabelingView *self = HONE_LABELING_VIEW (widget);

  if (gtk_widget_get_mapped (GTK_WIDGET (self->finder)) && gtk_widget_grab_focus (GTK_WIDGET (self->finder)))
    return TRUE;
  return gtk_widget_grab_focus (self->page);
}

/* Tab goes through all of it, though to take the focus means to take it for labeling. */
static gboolean
hone_labeling_view_focus (GtkWidget        *widget,
                          GtkDirectionType  direction)
{
  return gtk_widget_child_focus (adw_bin_get_child (ADW_BIN (widget)), direction);
}

/* ---- the object ---- */

static void
hone_labeling_view_set_property (GObject      *object,
                                 guint         prop_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  HoneLabelingView *self = HONE_LABELING_VIEW (object);
  gboolean wanted = g_value_get_boolean (value);

  if (prop_id == PROP_BLIND)
    hone_labeling_set_blind (self->labeling, wanted);
  else if (prop_id == PROP_ONLY_OPEN)
    hone_labeling_set_only_open (self->labeling, wanted);
  else
    hone_labeling_set_review (self->labeling, wanted);
}

static void
hone_labeling_view_get_property (GObject    *object,
                                 guint       prop_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  HoneLabelingView *self = HONE_LABELING_VIEW (object);

  if (!self->labeling)
    g_value_set_boolean (value, prop_id != PROP_BLIND);
  else if (prop_id == PROP_BLIND)
    g_value_set_boolean (value, hone_labeling_get_blind (self->labeling));
  else if (prop_id == PROP_ONLY_OPEN)
    g_value_set_boolean (value, hone_labeling_get_only_open (self->labeling));
  else
    g_value_set_boolean (value, hone_labeling_get_review (self->labeling));
}

static void
hone_labeling_view_dispose (GObject *object)
{
  HoneLabelingView *self = HONE_LABELING_VIEW (object);

  g_clear_handle_id (&self->resize, g_source_remove);
  g_clear_pointer (&self->definitions, gtk_widget_unparent);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_LABELING_VIEW);
  g_clear_object (&self->shown);
  g_clear_object (&self->filter_actions);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->labeling);
  G_OBJECT_CLASS (hone_labeling_view_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  properties[PROP_BLIND] = g_param_spec_boolean ("blind", NULL, NULL, FALSE, flags);
  properties[PROP_ONLY_OPEN] = g_param_spec_boolean ("only-open", NULL, NULL, TRUE, flags);
  properties[PROP_REVIEW] = g_param_spec_boolean ("review", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bind_text (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, page);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, clamp);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, scroller);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, text);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, about);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, failure);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, failure_label);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, choices);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, pad);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, finder);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, answer);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, save);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, flag);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, note_button);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, note_popover);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, note);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, empty);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, empty_button);
}

static void
bind_around (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, chips);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, filter_button);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, order);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, position);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, more);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, side);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, history);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, progress);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, skip_key);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, note_key);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, flag_key);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, blind_key);
  gtk_widget_class_bind_template_child (widget_class, HoneLabelingView, undo_key);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, on_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_confirmed);
  gtk_widget_class_bind_template_callback (widget_class, on_explain);
  gtk_widget_class_bind_template_callback (widget_class, on_note_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_note_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_note_closed);
  gtk_widget_class_bind_template_callback_full (widget_class, "on_key", G_CALLBACK (_hone_labeling_view_key));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_order", G_CALLBACK (_hone_labeling_view_order_chosen));
  gtk_widget_class_bind_template_callback_full (widget_class, "on_chip_removed", G_CALLBACK (_hone_labeling_view_chip_removed));
}

static void
hone_labeling_view_class_init (HoneLabelingViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = hone_labeling_view_set_property;
  object_class->get_property = hone_labeling_view_get_property;
  object_class->dispose = hone_labeling_view_dispose;
  widget_class->get_request_mode = hone_labeling_view_get_request_mode;
  widget_class->measure = hone_labeling_view_measure;
  widget_class->size_allocate = hone_labeling_view_size_allocate;
  widget_class->map = hone_labeling_view_map;
  widget_class->unmap = hone_labeling_view_unmap;
  widget_class->grab_focus = hone_labeling_view_grab_focus;
  widget_class->focus = hone_labeling_view_focus;
  install_properties (object_class);

  g_type_ensure (HONE_TYPE_CHIP_BAR);
  g_type_ensure (HONE_TYPE_CATEGORY_PAD);
  g_type_ensure (HONE_TYPE_CATEGORY_FINDER);
  g_type_ensure (HONE_TYPE_LABELING_HISTORY);
  gtk_widget_class_set_css_name (widget_class, "labelingview");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/labeling/hone-labeling-view.ui");
  bind_text (widget_class);
  bind_around (widget_class);
  bind_callbacks (widget_class);
  _hone_labeling_view_install_actions (widget_class);
}

/* The layout of a bin would keep the size from us. */
static void
hone_labeling_view_init (HoneLabelingView *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_labeling_view_new:
 * @project: what is open
 * @selection: what the window looks at
 *
 * Returns: (transfer floating): the view
 */
GtkWidget *
hone_labeling_view_new (HoneProject   *project,
                        HoneSelection *selection)
{
  HoneLabelingView *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_LABELING_VIEW, NULL);
  self->labeling = hone_labeling_new (project, selection);
  hone_labeling_history_watch (self->history, self->labeling);
  _hone_labeling_view_watch_bar (self);
  g_signal_connect_object (self->labeling, "shown", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->labeling, "progress", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->labeling, "failed", G_CALLBACK (on_failed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (project, "notify::ontology", G_CALLBACK (show_categories), self, G_CONNECT_SWAPPED);
  show_categories (self);
  show_progress (self);
  return GTK_WIDGET (self);
}

/**
 * hone_labeling_view_get_labeling:
 * @self: a view
 *
 * Returns: (transfer none): what it shows
 */
HoneLabeling *
hone_labeling_view_get_labeling (HoneLabelingView *self)
{
  g_return_val_if_fail (HONE_IS_LABELING_VIEW (self), NULL);

  return self->labeling;
}
