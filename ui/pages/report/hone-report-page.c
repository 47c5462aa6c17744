/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "compat/hone-compat.h"
#include "hone-report-page-private.h"
#include "hone-report-sheet.h"
#include "widgets/hone-row.h"
#include "widgets/hone-toast.h"

G_DEFINE_FINAL_TYPE (HoneReportPage, hone_report_page, ADW_TYPE_BIN)

/* ---- the lists at the left ---- */

static void
add_checks (HoneReportPage     *self,
            HoneExperimentItem *experiment,
            GArray             *checks,
            GPtrArray          *texts)
{
  GListModel *iterations = hone_experiment_item_get_iterations (experiment);

  for (guint i = 0; i < g_list_model_get_n_items (iterations); i++)
    {
      g_autoptr(HoneIterationItem) item = g_list_model_get_item (iterations, i);
      const HoneIteration *iteration = hone_iteration_item_get (item);
      char *label = g_strdup_printf (_("Iteration %d"), iteration->number);
      HoneCheck check = { iteration->id, iteration->experiment, label, NULL, hone_iteration_set_contains (self->set, iteration->id), TRUE };

      g_ptr_array_add (texts, label);
      g_array_append_val (checks, check);
    }
}

static void
show_iterations (HoneReportPage *self)
{
  g_autoptr(GArray) checks = g_array_new (FALSE, FALSE, sizeof (HoneCheck));
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->scoreboard)); i++)
    {
      g_autoptr(HoneExperimentItem) experiment = g_list_model_get_item (G_LIST_MODEL (self->scoreboard), i);

      add_checks (self, experiment, checks, texts);
    }
  hone_check_list_set (self->iterations, (const HoneCheck *) (gpointer) checks->data, checks->len);
}

static void
show_sections (HoneReportPage *self)
{
  HoneCheck checks[HONE_REPORT_N_SECTIONS];

  for (guint i = 0; i < HONE_REPORT_N_SECTIONS; i++)
    checks[i] = (HoneCheck) { i, NULL, hone_report_section_name (i), NULL, (hone_report_draft_get_sections (self->draft) >> i) & 1, TRUE };
  hone_check_list_set (self->sections, checks, HONE_REPORT_N_SECTIONS);
}

static void
on_iteration_toggled (HoneReportPage *self,
                      gint64          iteration,
                      gboolean        checked)
{
  hone_iteration_set_choose (self->set, iteration, checked);
}

static void
on_section_toggled (HoneReportPage *self,
                    gint64          nth,
                    gboolean        checked)
{
  guint bit = 1u << nth, sections = hone_report_draft_get_sections (self->draft);

  hone_report_draft_set_sections (self->draft, checked ? sections | bit : sections & ~bit);
}

static void
on_split_picked (HoneReportPage *self)
{
  if (self->draft)
    hone_report_draft_set_split (self->draft, gtk_drop_down_get_selected (self->split));
}

/* ---- what is shown ---- */

static void
show_caveats (HoneReportPage  *self,
              HoneReportPaper *paper)
{
  GPtrArray *sentences = paper ? hone_report_paper_get_warnings (paper) : NULL;

  hone_row_clear_all (self->caveats);
  for (guint i = 0; sentences && i < sentences->len; i++)
    {
      GtkWidget *row = hone_row_new (g_ptr_array_index (sentences, i), NULL);

      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("dialog-warning-symbolic"));
      gtk_list_box_append (self->caveats, row);
    }
  gtk_widget_set_visible (self->caveats_group, sentences && sentences->len > 0);
}

static void
show_paper (HoneReportPage  *self,
            HoneReportPaper *paper)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pages))))
    gtk_box_remove (self->pages, child);
  for (gsize i = 0; paper && i < hone_report_paper_get_n_pages (paper); i++)
    gtk_box_append (self->pages, hone_report_sheet_new (paper, i));
}

static void
show_summary (HoneReportPage  *self,
              HoneReportPaper *paper)
{
  guint n = hone_iteration_set_get_ids (self->set)->len;
  gsize n_pages = paper ? hone_report_paper_get_n_pages (paper) : 0;
  g_autofree char *iterations = g_strdup_printf (ngettext ("%u iteration", "%u iterations", n), n);
  g_autofree char *pages = g_strdup_printf (ngettext ("%" G_GSIZE_FORMAT " page", "%" G_GSIZE_FORMAT " pages", n_pages), n_pages);
  g_autofree char *summary = paper ? g_strdup_printf ("%s · %s", iterations, pages) : NULL;

  gtk_label_set_label (self->summary, summary ? summary : "");
}

static void
show_sealed (HoneReportPage *self)
{
  gint64 n = hone_report_draft_get_openings (self->draft);
  g_autofree char *count = n < 0 ? NULL
                           : n == 0 ? g_strdup (_("Nobody has looked at scores of the test texts yet."))
                           : g_strdup_printf (ngettext ("It was opened %" G_GINT64_FORMAT " time so far.",
                                                        "It was opened %" G_GINT64_FORMAT " times so far.", n), n);
  g_autofree char *text = g_strconcat (count ? count : "", count ? " " : "",
                                       _("Each look is listed in the project: a number is honest as long as nobody chose by it."), NULL);

  adw_status_page_set_description (self->sealed, text);
}

static const char *
name_state (HoneDraftState state)
{
  switch (state)
    {
    case HONE_DRAFT_EMPTY:   return "empty";
    case HONE_DRAFT_SEALED:  return "sealed";
    case HONE_DRAFT_PROBLEM: return "problem";
    case HONE_DRAFT_READY:   return "pages";
    case HONE_DRAFT_WAITING:
    default:                 return "waiting";
    }
}

static void
on_draft_changed (HoneReportPage *self)
{
  HoneReportPaper *paper = hone_report_draft_get_paper (self->draft);
  HoneDraftState state = hone_report_draft_get_state (self->draft);

  show_caveats (self, paper);
  show_paper (self, paper);
  show_summary (self, paper);
  show_sealed (self);
  adw_status_page_set_description (self->problem, hone_report_draft_get_problem (self->draft));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "report.open-test", state == HONE_DRAFT_SEALED && hone_report_draft_get_openings (self->draft) >= 0);
  _hone_report_page_update_export (self);
  gtk_stack_set_visible_child_name (self->stack, name_state (state));
}

/* ---- work ---- */

static void
on_cancelled (HoneReportPage *self)
{
  if (self->draft && !self->writing)
    hone_report_draft_cancel (self->draft);
}

static void
on_loading (HoneReportPage *self)
{
  gboolean loading = hone_report_draft_get_loading (self->draft);

  _hone_report_page_update_export (self);
  if (self->writing || loading == hone_job_bar_get_running (self->job))
    return;
  if (loading)
    g_signal_connect_object (hone_job_bar_begin (self->job, _("Making the report")), "cancelled", G_CALLBACK (on_cancelled), self,
                             G_CONNECT_SWAPPED);
  else
    hone_job_bar_end (self->job);
}

static void
on_loaded (HoneReportPage *self)
{
  show_iterations (self);
  on_draft_changed (self);
}

/* ---- the test set ---- */

static void
open_test (HoneReportPage *self)
{
  hone_report_draft_open_test (self->draft);
  if (!hone_project_get_writable (self->project))
    hone_toast (GTK_WIDGET (self), _("The project cannot be written: this opening of the test split is not listed in it"));
}

static void
confirmed_cb (GObject      *widget,
              GAsyncResult *result,
              gpointer      user_data)
{
  HoneReportPage *self = HONE_REPORT_PAGE (widget);

  if (hone_compat_confirm_finish (GTK_WIDGET (widget), result) && self->draft &&
      hone_report_draft_get_state (self->draft) == HONE_DRAFT_SEALED)
    open_test (self);
}

/* Asked once in the life of a project: before the first look. */
static void
open_test_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  HoneReportPage *self = HONE_REPORT_PAGE (widget);

  if (hone_report_draft_get_openings (self->draft) > 0)
    open_test (self);
  else
    hone_compat_confirm_async (widget, _("Open the Test Set?"),
                               _("Its scores are honest as long as nobody chose a model by them. This look is listed in the project, "
                                 "and it cannot be taken back."), _("_Open"), FALSE, confirmed_cb, NULL);
}

static void
again_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  hone_report_draft_again (HONE_REPORT_PAGE (widget)->draft);
}

/* ---- the object ---- */

static void
hone_report_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (hone_report_page_parent_class)->map (widget);
  hone_report_draft_set_live (HONE_REPORT_PAGE (widget)->draft, TRUE);
}

static void
hone_report_page_unmap (GtkWidget *widget)
{
  HoneReportPage *self = HONE_REPORT_PAGE (widget);

  if (self->draft)
    hone_report_draft_set_live (self->draft, FALSE);
  GTK_WIDGET_CLASS (hone_report_page_parent_class)->unmap (widget);
}

static void
hone_report_page_dispose (GObject *object)
{
  HoneReportPage *self = HONE_REPORT_PAGE (object);

  g_clear_object (&self->draft);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_REPORT_PAGE);
  g_clear_object (&self->set);
  g_clear_object (&self->scoreboard);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_report_page_parent_class)->dispose (object);
}

static void
hone_report_page_finalize (GObject *object)
{
  g_free (HONE_REPORT_PAGE (object)->written);
  G_OBJECT_CLASS (hone_report_page_parent_class)->finalize (object);
}

static void
hone_report_page_class_init (HoneReportPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_report_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = hone_report_page_finalize;
  widget_class->map = hone_report_page_map;
  widget_class->unmap = hone_report_page_unmap;
  g_type_ensure (HONE_TYPE_CHECK_LIST);
  g_type_ensure (HONE_TYPE_JOB_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/report/hone-report-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, iterations);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, sections);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, split);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, export_button);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, summary);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, stack);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, sealed);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, problem);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, caveats_group);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, caveats);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, pages);
  gtk_widget_class_bind_template_child (widget_class, HoneReportPage, job);
  gtk_widget_class_bind_template_callback (widget_class, on_iteration_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_section_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_split_picked);
  gtk_widget_class_install_action (widget_class, "report.open-test", NULL, open_test_action);
  gtk_widget_class_install_action (widget_class, "report.again", NULL, again_action);
  _hone_report_page_install_export (widget_class);
}

static void
hone_report_page_init (HoneReportPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_report_page_new:
 * @project: what is open
 * @selection: what the window looks at
 * @scoreboard: the iterations of @project
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
hone_report_page_new (HoneProject    *project,
                      HoneSelection  *selection,
                      HoneScoreboard *scoreboard)
{
  HoneReportPage *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection) && HONE_IS_SCOREBOARD (scoreboard), NULL);

  self = g_object_new (HONE_TYPE_REPORT_PAGE, NULL);
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->scoreboard = g_object_ref (scoreboard);
  self->set = hone_iteration_set_new (scoreboard, selection, G_MAXSIZE, FALSE);
  self->draft = hone_report_draft_new (project, scoreboard, self->set);
  g_signal_connect_object (scoreboard, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->set, "changed", G_CALLBACK (show_iterations), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (on_draft_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "notify::loading", G_CALLBACK (on_loading), self, G_CONNECT_SWAPPED);
  show_sections (self);
  on_loaded (self);
  return GTK_WIDGET (self);
}
