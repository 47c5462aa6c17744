/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-compare-page.h"
#include "hone-compare-table.h"
#include "model/hone-words.h"
#include "reports/hone-report-text.h"
#include "widgets/hone-check-list.h"
#include "widgets/hone-row.h"
#include "widgets/hone-toast.h"

#define PATIENCE 300   /* milliseconds: shorter waits are not shown */
#define FIRST 2        /* iterations are compared until somebody chooses */

struct _HoneComparePage {
  AdwBin            parent_instance;

  HoneProject      *project;
  HoneSelection    *selection;
  HoneScoreboard   *scoreboard;
  HoneIterationSet *set;
  HoneComparing    *comparing;
  gboolean          following;    /* the drop-downs follow the comparison just now */
  guint             wait;         /* source: comparing, but not for long */

  HoneCheckList    *list;
  GtkStack         *stack;        /* loading, empty, few, problem, table */
  GtkSpinner       *spinner;
  GtkSpinner       *busy;
  AdwStatusPage    *problem;
  GtkLabel         *summary;
  GtkDropDown      *measure;
  HoneCompareTable *table;
  GtkDropDown      *base;
  GtkDropDown      *other;
  GtkListBox       *ledger;
  GtkLabel         *counts[HONE_N_FLIPS];
  GtkLabel         *verdict;
};

G_DEFINE_FINAL_TYPE (HoneComparePage, hone_compare_page, ADW_TYPE_BIN)

/* ---- the list at the left ---- */

static void
add_checks (HoneComparePage    *self,
            HoneExperimentItem *experiment,
            GArray             *checks,
            GPtrArray          *texts)
{
  GListModel *iterations = hone_experiment_item_get_iterations (experiment);

  for (guint i = 0; i < g_list_model_get_n_items (iterations); i++)
    {
      g_autoptr(HoneIterationItem) item = g_list_model_get_item (iterations, i);
      const HoneIteration *iteration = hone_iteration_item_get (item);
      const HoneStanding *standing = hone_iteration_item_get_standing (item);
      HoneMeasure measure = hone_selection_get_measure (self->selection);
      HoneCheck check = { iteration->id, iteration->experiment, g_strdup_printf (_("Iteration %d"), iteration->number),
                          standing ? g_strdup_printf ("%.2f", standing->scores->measures[measure].value) : g_strdup (_("no score")),
                          hone_iteration_set_contains (self->set, iteration->id), standing != NULL };

      g_ptr_array_add (texts, (char *) check.label);
      g_ptr_array_add (texts, (char *) check.value);
      g_array_append_val (checks, check);
    }
}

static void
show_list (HoneComparePage *self)
{
  g_autoptr(GArray) checks = g_array_new (FALSE, FALSE, sizeof (HoneCheck));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->scoreboard)); i++)
    {
      g_autoptr(HoneExperimentItem) experiment = g_list_model_get_item (G_LIST_MODEL (self->scoreboard), i);

      add_checks (self, experiment, checks, texts);
    }
  hone_check_list_set (self->list, (const HoneCheck *) (gpointer) checks->data, checks->len);
}

static guint
count_scored (HoneComparePage *self)
{
  guint n = 0;

  for (guint e = 0; e < g_list_model_get_n_items (G_LIST_MODEL (self->scoreboard)); e++)
    {
      g_autoptr(HoneExperimentItem) experiment = g_list_model_get_item (G_LIST_MODEL (self->scoreboard), e);
      GListModel *iterations = hone_experiment_item_get_iterations (experiment);

      for (guint i = 0; i < g_list_model_get_n_items (iterations); i++)
        {
          g_autoptr(HoneIterationItem) item = g_list_model_get_item (iterations, i);

          n += hone_iteration_item_get_standing (item) != NULL;
        }
    }
  return n;
}

static void
on_toggled (HoneComparePage *self,
            gint64           iteration,
            gboolean         checked)
{
  hone_iteration_set_choose (self->set, iteration, checked);
}

/* ---- the pair and its ledger ---- */

static gboolean
has_names (GtkDropDown         *drop_down,
           const char * const  *names)
{
  GListModel *model = gtk_drop_down_get_model (drop_down);
  guint n = model ? g_list_model_get_n_items (model) : 0;

  if (n != g_strv_length ((char **) names))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (model), i), names[i]))
      return FALSE;
  return TRUE;
}

/* A drop-down must keep its names while it tells of a choice. */
static void
set_names (GtkDropDown         *drop_down,
           const char * const  *names)
{
  g_autoptr(GtkStringList) list = NULL;

  if (has_names (drop_down, names))
    return;
  list = gtk_string_list_new (names);
  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (list));
}

/* Names may be longer than there is room. */
static void
on_name_setup (GtkSignalListItemFactory *factory,
               GtkListItem              *list_item,
               HoneComparePage          *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 60);
  gtk_list_item_set_child (list_item, label);
}

static void
on_name_bind (GtkSignalListItemFactory *factory,
              GtkListItem              *list_item,
              HoneComparePage          *self)
{
  const char *name = gtk_string_object_get_string (GTK_STRING_OBJECT (gtk_list_item_get_item (list_item)));
  GtkWidget *label = gtk_list_item_get_child (list_item);

  gtk_label_set_label (GTK_LABEL (label), name);
  gtk_widget_set_tooltip_text (label, name);
}

static void
follow_drop_downs (HoneComparePage *self)
{
  const HoneComparison *comparison = hone_comparing_get (self->comparing);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) names = NULL;

  for (gsize i = 0; i < comparison->n_iterations; i++)
    {
      g_autofree char *name = hone_comparing_dup_name (self->comparing, i);

      g_strv_builder_add (builder, name);
    }
  names = g_strv_builder_end (builder);
  self->following = TRUE;
  set_names (self->base, (const char * const *) names);
  set_names (self->other, (const char * const *) names);
  gtk_drop_down_set_selected (self->base, (guint) hone_comparing_get_base (self->comparing));
  gtk_drop_down_set_selected (self->other, (guint) hone_comparing_get_other (self->comparing));
  self->following = FALSE;
}

static const char *
flip_name (HoneFlipKind kind)
{
  static const char * const names[HONE_N_FLIPS] = { N_("Fixed"), N_("Broken"), N_("Still wrong"), N_("Still right") };

  return _(names[kind]);
}

static void
show_ledger (HoneComparePage *self)
{
  const HoneComparison *comparison = hone_comparing_get (self->comparing);
  HoneChange change = hone_comparison_get_change (comparison, hone_comparing_get_base (self->comparing),
                                                  hone_comparing_get_other (self->comparing));
  g_autofree char *words = hone_report_format_mcnemar (change.broken->len, change.fixed->len, change.p);
  g_autofree char *base = hone_comparing_dup_name (self->comparing, hone_comparing_get_base (self->comparing));
  g_autofree char *other = hone_comparing_dup_name (self->comparing, hone_comparing_get_other (self->comparing));
  /* Translators: two iterations and what the test of McNemar says: “n-grams · 2 against n-grams · 1: better, p = 0.020” */
  g_autofree char *verdict = g_strdup_printf (_("%s against %s: %s (McNemar’s exact test)"), other, base, words);

  for (int kind = 0; kind < HONE_N_FLIPS; kind++)
    {
      guint64 n = hone_comparing_count_flips (self->comparing, kind);
      g_autofree char *count = hone_words_count (n);
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->ledger, kind));
      g_autofree char *name = g_strdup_printf (ngettext ("%s: %s text", "%s: %s texts", n), flip_name (kind), count);

      gtk_label_set_label (self->counts[kind], count);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), n > 0);
      hone_row_set_spoken (row, name);
    }
  gtk_label_set_label (self->verdict, verdict);
}

static void
on_base_picked (HoneComparePage *self)
{
  if (!self->following && self->comparing)
    hone_comparing_set_base (self->comparing, gtk_drop_down_get_selected (self->base));
}

static void
on_other_picked (HoneComparePage *self)
{
  if (!self->following && self->comparing)
    hone_comparing_set_other (self->comparing, gtk_drop_down_get_selected (self->other));
}

static void
on_flip_activated (HoneComparePage *self,
                   GtkListBoxRow   *row)
{
  hone_comparing_select_flips (self->comparing, gtk_list_box_row_get_index (row), self->selection);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s", "data");
}

static void
make_ledger (HoneComparePage *self)
{
  static const char * const words[HONE_N_FLIPS] = { N_("wrong before, right now"), N_("right before, wrong now"), N_("wrong in both"),
                                                    N_("right in both") };

  for (int kind = 0; kind < HONE_N_FLIPS; kind++)
    {
      GtkWidget *row = adw_action_row_new (), *count = gtk_label_new (NULL);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), flip_name (kind));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _(words[kind]));
      gtk_widget_add_css_class (count, "numeric");
      gtk_widget_set_tooltip_text (row, _("Show these texts"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), count);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_append (self->ledger, row);
      self->counts[kind] = GTK_LABEL (count);
    }
}

/* ---- what is shown ---- */

static void
show_table (HoneComparePage *self)
{
  if (self->comparing)
    hone_compare_table_show (self->table, self->comparing, gtk_drop_down_get_selected (self->measure));
}

static void
show_comparison (HoneComparePage *self)
{
  const HoneComparison *comparison = hone_comparing_get (self->comparing);
  g_autofree char *count = hone_words_count (comparison->n_common);
  g_autofree char *summary = g_strdup_printf (ngettext ("On the %s validation text that all were scored on",
                                                        "On the %s validation texts that all were scored on", comparison->n_common), count);

  gtk_label_set_label (self->summary, summary);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), summary);
  follow_drop_downs (self);
  show_table (self);
  show_ledger (self);
}

static void
show_page (HoneComparePage *self)
{
  const char *problem = hone_comparing_get_problem (self->comparing);
  const char *page = "loading";

  if (hone_comparing_get (self->comparing))
    page = "table";
  else if (problem)
    page = "problem";
  else if (!hone_comparing_get_loading (self->comparing) && hone_scoreboard_get_loaded (self->scoreboard))
    page = count_scored (self) < 2 ? "empty" : "few";
  adw_status_page_set_description (self->problem, problem);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.copy", g_str_equal (page, "table"));
  gtk_stack_set_visible_child_name (self->stack, page);
}

static void
on_comparing_changed (HoneComparePage *self)
{
  if (hone_comparing_get (self->comparing))
    show_comparison (self);
  show_page (self);
}

static gboolean
wait_cb (gpointer data)
{
  HoneComparePage *self = data;

  self->wait = 0;
  gtk_spinner_start (self->busy);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
on_loading (HoneComparePage *self)
{
  if (!hone_comparing_get_loading (self->comparing))
    {
      g_clear_handle_id (&self->wait, g_source_remove);
      gtk_spinner_stop (self->busy);
      gtk_spinner_stop (self->spinner);
    }
  else if (!self->wait)
    {
      self->wait = g_timeout_add (PATIENCE, wait_cb, self);
    }
}

static void
on_loaded (HoneComparePage *self)
{
  show_list (self);
  show_page (self);
}

/* ---- the object ---- */

static void
copy_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  HoneComparePage *self = HONE_COMPARE_PAGE (widget);
  g_autofree char *text = hone_compare_table_dup_text (self->table);

  if (!gtk_widget_get_mapped (widget))
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  hone_toast (widget, _("The table is in the clipboard"));
}

static void
hone_compare_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hone_compare_page_parent_class)->map (widget);
  hone_comparing_set_live (HONE_COMPARE_PAGE (widget)->comparing, TRUE);
}

static void
hone_compare_page_unmap (GtkWidget *widget)
{
  HoneComparePage *self = HONE_COMPARE_PAGE (widget);

  if (self->comparing)
    hone_comparing_set_live (self->comparing, FALSE);
  GTK_WIDGET_CLASS (hone_compare_page_parent_class)->unmap (widget);
}

static void
hone_compare_page_dispose (GObject *object)
{
  HoneComparePage *self = HONE_COMPARE_PAGE (object);

  g_clear_handle_id (&self->wait, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_COMPARE_PAGE);
  g_clear_object (&self->comparing);
  g_clear_object (&self->set);
  g_clear_object (&self->scoreboard);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_compare_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, list);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, spinner);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, busy);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, problem);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, summary);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, measure);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, table);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, base);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, other);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, ledger);
  gtk_widget_class_bind_template_child (widget_class, HoneComparePage, verdict);
}

static void
hone_compare_page_class_init (HoneComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_compare_page_dispose;
  widget_class->map = hone_compare_page_map;
  widget_class->unmap = hone_compare_page_unmap;
  g_type_ensure (HONE_TYPE_CHECK_LIST);
  g_type_ensure (HONE_TYPE_COMPARE_TABLE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/compare/hone-compare-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_name_setup);
  gtk_widget_class_bind_template_callback (widget_class, on_name_bind);
  gtk_widget_class_bind_template_callback (widget_class, on_base_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_other_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_flip_activated);
  gtk_widget_class_bind_template_callback (widget_class, show_table);
  gtk_widget_class_install_action (widget_class, "compare.copy", NULL, copy_action);
}

static void
hone_compare_page_init (HoneComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  make_ledger (self);
}

/**
 * hone_compare_page_new:
 * @project: what is open
 * @selection: what the window looks at
 * @scoreboard: the iterations of @project
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
hone_compare_page_new (HoneProject    *project,
                       HoneSelection  *selection,
                       HoneScoreboard *scoreboard)
{
  HoneComparePage *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection) && HONE_IS_SCOREBOARD (scoreboard), NULL);

  self = g_object_new (HONE_TYPE_COMPARE_PAGE, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->scoreboard = g_object_ref (scoreboard);
  self->set = hone_iteration_set_new (scoreboard, selection, FIRST, TRUE);
  self->comparing = hone_comparing_new (project, scoreboard, self->set);
  g_signal_connect_object (scoreboard, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scoreboard, "scores-changed", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (selection, "notify::measure", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->set, "changed", G_CALLBACK (show_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparing, "changed", G_CALLBACK (on_comparing_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->comparing, "notify::loading", G_CALLBACK (on_loading), self, G_CONNECT_SWAPPED);
  on_loaded (self);
  return GTK_WIDGET (self);
}
