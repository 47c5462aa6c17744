/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>

#include "hone-report-copy.h"
#include "hone-report-draft.h"
#include "reports/hone-report-build.h"

struct _HoneReportDraft {
  GObject           parent_instance;

  HoneProject      *project;
  HoneScoreboard   *scoreboard;
  HoneIterationSet *set;
  HoneSplit         split;
  guint             sections;
  gboolean          live, stale, opened;   /* opened: somebody asked for scores of test */
  gint64            openings;
  HoneReportCopy   *report;                /* (nullable) */
  HoneReportPaper  *paper;                 /* (nullable) */
  char             *problem;               /* (nullable) */
  GCancellable     *work;                  /* building or laying out; NULL: none under way */
};

enum {
  PROP_0,
  PROP_LOADING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

G_DEFINE_FINAL_TYPE (HoneReportDraft, hone_report_draft, G_TYPE_OBJECT)

/* ---- work ---- */

/* What a callback of some work needs to know whether it is still wanted. */
typedef struct {
  HoneReportDraft *self;
  GCancellable    *work;
} Call;

static Call *
begin (HoneReportDraft *self)
{
  Call *call = g_new (Call, 1);

  self->work = g_cancellable_new ();
  *call = (Call) { g_object_ref (self), g_object_ref (self->work) };
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  return call;
}

static void
stop (HoneReportDraft *self)
{
  if (!self->work)
    return;
  g_cancellable_cancel (self->work);
  g_clear_object (&self->work);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
end (HoneReportDraft *self)
{
  g_clear_object (&self->work);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

static void
take_paper (HoneReportDraft *self,
            HoneReportPaper *paper,
            const char      *problem)
{
  g_clear_pointer (&self->paper, hone_report_paper_unref);
  self->paper = paper;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_signal_emit (self, changed_signal, 0);
}

static void
forget (HoneReportDraft *self,
        const char      *problem)
{
  g_clear_pointer (&self->report, hone_report_copy_unref);
  take_paper (self, NULL, problem);
}

/* ---- pages ---- */

static void
lay_out_cb (GObject      *store,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr(HoneReportDraft) self = call->self;
  g_autoptr(GCancellable) work = call->work;
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReportPaper) paper = hone_report_copy_lay_out_finish (HONE_STORE (store), result, &error);

  if (g_cancellable_is_cancelled (work))
    return;
  end (self);
  take_paper (self, g_steal_pointer (&paper), error ? error->message : NULL);
}

static void
start_layout (HoneReportDraft *self)
{
  stop (self);
  hone_report_copy_lay_out_async (self->report, hone_project_get_store (self->project), self->sections, lay_out_cb, begin (self));
}

/* ---- building ---- */

static void
build_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree Call *call = user_data;
  g_autoptr(HoneReportDraft) self = call->self;
  g_autoptr(GCancellable) work = call->work;
  g_autoptr(GError) error = NULL;
  HoneReport *report = hone_report_build_finish (HONE_STORE (store), result, &error);

  if (g_cancellable_is_cancelled (work))
    {
      g_clear_pointer (&report, hone_report_free);
      return;
    }
  end (self);
  if (!report)
    {
      forget (self, error->message);
      return;
    }
  self->openings = (gint64) report->openings;
  g_clear_pointer (&self->report, hone_report_copy_unref);
  self->report = hone_report_copy_new (report);
  start_layout (self);
}

static gpointer
count_openings (HoneStore     *store,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr(GError) local = NULL;
  guint64 n = hone_store_count_openings (store, &local);

  if (!local)
    return g_memdup2 (&n, sizeof n);
  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}

static void
count_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(HoneReportDraft) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree guint64 *n = hone_store_call_finish (HONE_STORE (store), result, &error);

  if (!n || !self->project)
    return;
  self->openings = (gint64) *n;
  g_signal_emit (self, changed_signal, 0);
}

static void
seal (HoneReportDraft *self)
{
  stop (self);
  forget (self, NULL);
  hone_store_call_async (hone_project_get_store (self->project), HONE_LANE_READ, count_openings, NULL, NULL, g_free, NULL, count_cb,
                         g_object_ref (self));
}

static void
start (HoneReportDraft *self)
{
  g_auto(GStrv) names = NULL;
  Call *call;

  self->stale = FALSE;
  if (self->problem)
    forget (self, NULL);
  if (hone_iteration_set_get_ids (self->set)->len == 0)
    {
      stop (self);
      forget (self, NULL);
      return;
    }
  if (self->split == HONE_SPLIT_TEST && !self->opened)
    {
      seal (self);
      return;
    }
  stop (self);
  names = hone_iteration_set_dup_names (self->set);
  call = begin (self);
  hone_report_build_async (hone_project_get_store (self->project), (const char * const *) names, self->split, self->work, build_cb, call);
}

static void
update (HoneReportDraft *self)
{
  self->stale = TRUE;
  if (self->live)
    start (self);
}

/* Another choice: what was opened of test was another report. */
static void
choose (HoneReportDraft *self)
{
  self->opened = FALSE;
  update (self);
}

/* Labels, names or predictions are others. A report of test stays as of its time: to make it anew would be another opening. */
static void
on_loaded (HoneReportDraft *self)
{
  if (self->split != HONE_SPLIT_TEST || !self->opened)
    update (self);
}

/* ---- the object ---- */

static void
hone_report_draft_dispose (GObject *object)
{
  HoneReportDraft *self = HONE_REPORT_DRAFT (object);

  g_cancellable_cancel (self->work);
  g_clear_object (&self->work);
  g_clear_object (&self->set);
  g_clear_object (&self->scoreboard);
  g_clear_object (&self->project);
  G_OBJECT_CLASS (hone_report_draft_parent_class)->dispose (object);
}

static void
hone_report_draft_finalize (GObject *object)
{
  HoneReportDraft *self = HONE_REPORT_DRAFT (object);

  g_clear_pointer (&self->report, hone_report_copy_unref);
  g_clear_pointer (&self->paper, hone_report_paper_unref);
  g_free (self->problem);
  G_OBJECT_CLASS (hone_report_draft_parent_class)->finalize (object);
}

static void
hone_report_draft_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_LOADING: g_value_set_boolean (value, hone_report_draft_get_loading (HONE_REPORT_DRAFT (object))); break;
    default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
hone_report_draft_class_init (HoneReportDraftClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = hone_report_draft_dispose;
  object_class->finalize = hone_report_draft_finalize;
  object_class->get_property = hone_report_draft_get_property;

  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hone_report_draft_init (HoneReportDraft *self)
{
  self->split = HONE_SPLIT_VALIDATION;
  self->sections = HONE_REPORT_ALL_SECTIONS;
  self->openings = -1;
  self->stale = TRUE;
}

/**
 * hone_report_draft_new:
 * @project: what is open
 * @scoreboard: tells names, and when something changed
 * @set: what to report on
 *
 * Returns: (transfer full): a draft with all parts about validation, not made before somebody looks
 */
HoneReportDraft *
hone_report_draft_new (HoneProject      *project,
                       HoneScoreboard   *scoreboard,
                       HoneIterationSet *set)
{
  HoneReportDraft *self;

  g_return_val_if_fail (HONE_IS_PROJECT (project) && HONE_IS_SCOREBOARD (scoreboard) && HONE_IS_ITERATION_SET (set), NULL);

  self = g_object_new (HONE_TYPE_REPORT_DRAFT, NULL);
  self->project = g_object_ref (project);
  self->scoreboard = g_object_ref (scoreboard);
  self->set = g_object_ref (set);
  g_signal_connect_object (set, "changed", G_CALLBACK (choose), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (scoreboard, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * hone_report_draft_set_live:
 * @self: a draft
 * @live: whether somebody looks at it
 */
void
hone_report_draft_set_live (HoneReportDraft *self,
                            gboolean         live)
{
  g_return_if_fail (HONE_IS_REPORT_DRAFT (self));

  self->live = live;
  if (live && self->stale)
    start (self);
}

/**
 * hone_report_draft_get_state:
 * @self: a draft
 *
 * Returns: what there is to show
 */
HoneDraftState
hone_report_draft_get_state (HoneReportDraft *self)
{
  g_return_val_if_fail (HONE_IS_REPORT_DRAFT (self), HONE_DRAFT_WAITING);

  if (self->paper)
    return HONE_DRAFT_READY;
  if (self->problem)
    return HONE_DRAFT_PROBLEM;
  if (self->work || self->stale)
    return HONE_DRAFT_WAITING;
  if (hone_iteration_set_get_ids (self->set)->len == 0)
    return hone_scoreboard_get_loaded (self->scoreboard) ? HONE_DRAFT_EMPTY : HONE_DRAFT_WAITING;
  return self->split == HONE_SPLIT_TEST && !self->opened ? HONE_DRAFT_SEALED : HONE_DRAFT_WAITING;
}

/**
 * hone_report_draft_get_loading:
 * @self: a draft
 *
 * Returns: whether something is under way
 */
gboolean
hone_report_draft_get_loading (HoneReportDraft *self)
{
  g_return_val_if_fail (HONE_IS_REPORT_DRAFT (self), FALSE);

  return self->work != NULL;
}

/**
 * hone_report_draft_get_problem:
 * @self: a draft
 *
 * Returns: (nullable): why there is no report
 */
const char *
hone_report_draft_get_problem (HoneReportDraft *self)
{
  g_return_val_if_fail (HONE_IS_REPORT_DRAFT (self), NULL);

  return self->problem;
}

/**
 * hone_report_draft_get_paper:
 * @self: a draft
 *
 * Returns: (transfer none) (nullable): its pages
 */
HoneReportPaper *
hone_report_draft_get_paper (HoneReportDraft *self)
{
  g_return_val_if_fail (HONE_IS_REPORT_DRAFT (self), NULL);

  return self->paper;
}

/**
 * hone_report_draft_set_split:
 * @self: a draft
 * @split: the texts that its scores shall speak of
 */
void
hone_report_draft_set_split (HoneReportDraft *self,
                             HoneSplit        split)
{
  g_return_if_fail (HONE_IS_REPORT_DRAFT (self));

  if (self->split == split)
    return;
  self->split = split;
  choose (self);
}

/**
 * hone_report_draft_get_sections:
 * @self: a draft
 *
 * Returns: its parts, #HoneReportSections
 */
guint
hone_report_draft_get_sections (HoneReportDraft *self)
{
  g_return_val_if_fail (HONE_IS_REPORT_DRAFT (self), 0);

  return self->sections;
}

/**
 * hone_report_draft_set_sections:
 * @self: a draft
 * @sections: #HoneReportSections
 */
void
hone_report_draft_set_sections (HoneReportDraft *self,
                                guint            sections)
{
  g_return_if_fail (HONE_IS_REPORT_DRAFT (self));

  if (self->sections == sections)
    return;
  self->sections = sections;
  /* Where it is being built, it is laid out with these afterwards. */
  if (self->report && (self->paper || self->problem))
    start_layout (self);
}

/**
 * hone_report_draft_get_openings:
 * @self: a draft
 *
 * Returns: how often the test set was opened, -1: not read yet
 */
gint64
hone_report_draft_get_openings (HoneReportDraft *self)
{
  g_return_val_if_fail (HONE_IS_REPORT_DRAFT (self), -1);

  return self->openings;
}

/**
 * hone_report_draft_open_test:
 * @self: a draft of a report of test
 *
 * Makes it, which the project lists as an opening of each iteration in it.
 */
void
hone_report_draft_open_test (HoneReportDraft *self)
{
  g_return_if_fail (HONE_IS_REPORT_DRAFT (self) && self->split == HONE_SPLIT_TEST);

  self->opened = TRUE;
  update (self);
}

/**
 * hone_report_draft_cancel:
 * @self: a draft
 *
 * Stops what is under way.
 */
void
hone_report_draft_cancel (HoneReportDraft *self)
{
  g_return_if_fail (HONE_IS_REPORT_DRAFT (self));

  if (!self->work)
    return;
  stop (self);
  self->opened = FALSE;
  forget (self, _("It was stopped."));
}

/**
 * hone_report_draft_again:
 * @self: a draft
 *
 * Makes it anew.
 */
void
hone_report_draft_again (HoneReportDraft *self)
{
  g_return_if_fail (HONE_IS_REPORT_DRAFT (self));

  update (self);
}

/* ---- files ---- */

static void
write_cb (GObject      *store,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;

  if (hone_report_copy_write_finish (HONE_STORE (store), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * hone_report_draft_write_async:
 * @self: a draft whose state is %HONE_DRAFT_READY
 * @form: of the file
 * @path: of the file
 * @cancellable: (nullable): looked at before writing begins
 * @callback: called when the file is there
 * @user_data: for @callback
 *
 * Writes what is shown.
 */
void
hone_report_draft_write_async (HoneReportDraft     *self,
                               HoneReportForm       form,
                               const char          *path,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (HONE_IS_REPORT_DRAFT (self) && self->report && path);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, hone_report_draft_write_async);
  hone_report_copy_write_async (self->report, hone_project_get_store (self->project), self->sections, form, path, cancellable, write_cb,
                                task);
}

/**
 * hone_report_draft_write_finish:
 * @self: the draft
 * @result: given to the callback
 * @error: return location
 *
 * Returns: whether the file is written
 */
gboolean
hone_report_draft_write_finish (HoneReportDraft  *self,
                                GAsyncResult     *result,
                                GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
