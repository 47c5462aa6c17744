/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "compat/hone-compat.h"
#include "hone-iteration-window.h"
#include "hone-plan-list.h"
#include "jobs/hone-tune-plan.h"
#include "widgets/hone-dialog.h"
#include "widgets/hone-toast.h"

#define PLAN_DELAY 250   /* milliseconds of quiet before a plan is made */

typedef enum {
  METHOD_NGRAMS,
  METHOD_TRAINER,
} Method;

struct _HoneIterationWindow {
  AdwWindow            parent_instance;

  HoneProject         *project;
  HoneSelection       *selection;
  gboolean             is_new;       /* of a new experiment */
  char                *trainer;      /* (nullable): path of the program */
  GCancellable        *planning;
  guint                delay;

  GtkWidget           *start;
  AdwEntryRow         *experiment;
  AdwComboRow         *method;
  AdwActionRow        *program;
  GtkSwitch           *self_training;
  AdwEntryRow         *seed;
  AdwEntryRow         *minutes;
  AdwEntryRow         *settings;
  HonePlanList        *plan;
};

G_DEFINE_FINAL_TYPE (HoneIterationWindow, hone_iteration_window, ADW_TYPE_WINDOW)

/* ---- what was typed ---- */

static gboolean
read_number (AdwEntryRow *row,
             double       most,
             double      *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (row));
  char *end = NULL;

  *value = g_strtod (text, &end);
  return end && !*end && *value >= 0 && *value <= most;
}

/* "epochs=4, batch_size=16" */
static GHashTable *
read_settings (HoneIterationWindow *self,
               gboolean            *good)
{
  GHashTable *settings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto(GStrv) parts = g_strsplit (gtk_editable_get_text (GTK_EDITABLE (self->settings)), ",", -1);

  *good = TRUE;
  for (guint i = 0; parts[i]; i++)
    {
      char *part = g_strstrip (parts[i]), *equals = strchr (part, '=');

      if (!*part)
        continue;
      if (!equals || equals == part)
        {
          *good = FALSE;
          continue;
        }
      *equals = 0;
      g_hash_table_insert (settings, g_strdup (g_strstrip (part)), g_strdup (g_strstrip (equals + 1)));
    }
  if (gtk_switch_get_active (self->self_training))
    g_hash_table_insert (settings, g_strdup ("self_training"), g_strdup ("true"));
  return settings;
}

static void
mark (AdwEntryRow *row,
      gboolean     good)
{
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_INVALID,
                               good ? GTK_ACCESSIBLE_INVALID_FALSE : GTK_ACCESSIBLE_INVALID_TRUE, -1);
}

/* Everything that @options points to belongs to the rows or to @settings. FALSE: something typed cannot be read. */
static gboolean
read_options (HoneIterationWindow  *self,
              HoneTuneOptions      *options,
              GHashTable          **settings)
{
  gboolean seed_good = TRUE, minutes_good, settings_good;
  double seed = 0;

  options->experiment = gtk_editable_get_text (GTK_EDITABLE (self->experiment));
  options->has_seed = *gtk_editable_get_text (GTK_EDITABLE (self->seed)) != 0;
  if (options->has_seed)
    seed_good = read_number (self->seed, 9007199254740991.0, &seed) && seed == floor (seed);
  options->seed = (guint64) seed;
  minutes_good = !*gtk_editable_get_text (GTK_EDITABLE (self->minutes)) || read_number (self->minutes, 1e6, &options->minutes);
  *settings = read_settings (self, &settings_good);
  options->settings = *settings;
  if (adw_combo_row_get_selected (self->method) == METHOD_TRAINER)
    options->trainer = self->trainer;
  else if (self->is_new)
    options->method = "ngrams";
  mark (self->seed, seed_good);
  mark (self->minutes, minutes_good);
  mark (self->settings, settings_good);
  return *options->experiment && seed_good && minutes_good && settings_good &&
         (adw_combo_row_get_selected (self->method) != METHOD_TRAINER || self->trainer);
}

/* ---- the plan ---- */

typedef struct {
  HoneIterationWindow *self;
  GCancellable        *planning;
} Planning;

static void
plan_cb (GObject      *store,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autofree Planning *planning = user_data;
  g_autoptr(HoneIterationWindow) self = planning->self;
  g_autoptr(GCancellable) cancellable = planning->planning;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneTunePlan) plan = hone_tune_plan_finish (HONE_STORE (store), result, &error);
  gboolean taken;

  if (g_cancellable_is_cancelled (cancellable))
    return;
  if (!plan)
    {
      hone_toast_error (GTK_WIDGET (self->plan), error);
      return;
    }
  taken = self->is_new && !plan->is_new;
  hone_plan_list_show (self->plan, plan, taken ? _("There is an experiment of this name already: choose another name") : NULL);
  gtk_widget_set_sensitive (self->start, !plan->refusal && !taken);
  gtk_widget_set_tooltip_text (self->start, plan->refusal ? plan->refusal->message : NULL);
}

static void
stop_planning (HoneIterationWindow *self)
{
  g_clear_handle_id (&self->delay, g_source_remove);
  g_cancellable_cancel (self->planning);
  g_clear_object (&self->planning);
}

static gboolean
make_plan (gpointer data)
{
  HoneIterationWindow *self = data;
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GHashTable) settings = NULL;
  Planning *planning;

  self->delay = 0;
  if (!read_options (self, &options, &settings))
    {
      hone_plan_list_show (self->plan, NULL, _("Something above is missing or cannot be read"));
      return G_SOURCE_REMOVE;
    }
  self->planning = g_cancellable_new ();
  planning = g_new (Planning, 1);
  *planning = (Planning) { g_object_ref (self), g_object_ref (self->planning) };
  hone_tune_plan_async (hone_project_get_store (self->project), &options, self->planning, plan_cb, planning);
  return G_SOURCE_REMOVE;
}

/* Start waits for the plan of what is written now. */
static void
on_changed (HoneIterationWindow *self)
{
  if (!self->project)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->program), adw_combo_row_get_selected (self->method) == METHOD_TRAINER);
  gtk_widget_set_sensitive (self->start, FALSE);
  stop_planning (self);
  self->delay = g_timeout_add (PLAN_DELAY, make_plan, self);
}

/* ---- actions ---- */

static void
started_cb (GObject      *queue,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(HoneIterationWindow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneRun) run = hone_tune_finish (HONE_RUN_QUEUE (queue), result, &error);

  if (run)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  hone_toast_error (GTK_WIDGET (self->plan), error);
  on_changed (self);
}

static void
start_action (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  HoneIterationWindow *self = HONE_ITERATION_WINDOW (widget);
  HoneTuneOptions options = HONE_TUNE_OPTIONS_INIT;
  g_autoptr(GHashTable) settings = NULL;

  if (!gtk_widget_get_sensitive (self->start) || !read_options (self, &options, &settings))
    return;
  gtk_widget_set_sensitive (self->start, FALSE);
  hone_tune_async (hone_project_get_queue (self->project), &options, NULL, started_cb, g_object_ref (self));
}

static void
program_cb (GObject      *window,
            GAsyncResult *result,
            gpointer      user_data)
{
  HoneIterationWindow *self = HONE_ITERATION_WINDOW (window);
  g_autoptr(GListModel) files = hone_compat_choose_file_finish (GTK_WINDOW (window), result);
  g_autoptr(GFile) file = files ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *shown = NULL;

  if (!file || !self->project)
    return;
  g_free (self->trainer);
  self->trainer = g_file_get_path (file);
  shown = self->trainer ? g_filename_display_name (self->trainer) : NULL;
  adw_action_row_set_subtitle (self->program, shown);
  on_changed (self);
}

static void
choose_program_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  hone_compat_choose_file_async (GTK_WINDOW (widget), HONE_FILE_OPEN, _("Trainer Program"), NULL, NULL, program_cb, NULL);
}

/* Texts with two labels, and those kept out, are looked at on the page of the data. */
static void
show_conflicts_action (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  HoneIterationWindow *self = HONE_ITERATION_WINDOW (widget);
  const HoneFilter all = HONE_FILTER_ALL;
  g_autoptr(HoneFilter) filter = hone_filter_copy (&all);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));

  filter->split = HONE_SPLIT_TRAIN;
  filter->near_copies = 1;
  hone_selection_set_filter (self->selection, filter);
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.show-page", "s", "data");
  gtk_window_close (GTK_WINDOW (self));
}

/* ---- the object ---- */

static void
hone_iteration_window_dispose (GObject *object)
{
  HoneIterationWindow *self = HONE_ITERATION_WINDOW (object);

  stop_planning (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), HONE_TYPE_ITERATION_WINDOW);
  g_clear_object (&self->selection);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_iteration_window_parent_class)->dispose (object);
}

static void
hone_iteration_window_finalize (GObject *object)
{
  g_free (HONE_ITERATION_WINDOW (object)->trainer);
  G_OBJECT_CLASS (hone_iteration_window_parent_class)->finalize (object);
}

static void
hone_iteration_window_class_init (HoneIterationWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hone_iteration_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = hone_iteration_window_finalize;
  g_type_ensure (HONE_TYPE_PLAN_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/hone_app/Hone/pages/iteration/hone-iteration-window.ui");
  gtk_widget_class_bind_template_child (widget_class, HoneIterationWindow, start);
  gtk_widget_class_bind_template_child (widget_class, HoneIterationWindow, experiment);
  gtk_widget_class_bind_template_child (widget_class, HoneIterationWindow, method);
  gtk_widget_class_bind_template_child (widget_class, HoneIterationWindow, program);
  gtk_widget_class_bind_template_child (widget_class, HoneIterationWindow, self_training);
  gtk_widget_class_bind_template_child (widget_class, HoneIterationWindow, seed);
  gtk_widget_class_bind_template_child (widget_class, HoneIterationWindow, minutes);
  gtk_widget_class_bind_template_child (widget_class, HoneIterationWindow, settings);
  gtk_widget_class_bind_template_child (widget_class, HoneIterationWindow, plan);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_install_action (widget_class, "iteration.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "iteration.choose-program", NULL, choose_program_action);
  gtk_widget_class_install_action (widget_class, "iteration.show-conflicts", NULL, show_conflicts_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK, "iteration.start", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
hone_iteration_window_init (HoneIterationWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * hone_iteration_window_new:
 * @parent: the project's window
 * @project: what is open
 * @selection: what the window looks at
 * @experiment: (nullable): whose next iteration; %NULL: that of a new experiment
 *
 * Returns: (transfer none): the window
 */
GtkWindow *
hone_iteration_window_new (GtkWindow     *parent,
                           HoneProject   *project,
                           HoneSelection *selection,
                           const char    *experiment)
{
  HoneIterationWindow *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SELECTION (selection), NULL);

  self = g_object_new (HONE_TYPE_ITERATION_WINDOW, "transient-for", parent, NULL);
  hone_dialog_fit (GTK_WINDOW (self));
  self->project = g_object_ref (project);
  self->selection = g_object_ref (selection);
  self->is_new = experiment == NULL;
  gtk_editable_set_text (GTK_EDITABLE (self->experiment), experiment ? experiment : _("n-grams"));
  gtk_editable_set_editable (GTK_EDITABLE (self->experiment), self->is_new);
  gtk_widget_set_visible (GTK_WIDGET (self->method), self->is_new);
  gtk_window_set_title (GTK_WINDOW (self), self->is_new ? _("New Experiment") : _("New Iteration"));
  on_changed (self);
  return GTK_WINDOW (self);
}
