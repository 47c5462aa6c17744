/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labeling without a widget: what is decided is in the store, and can be taken back. */
#include "config.h"

#include <math.h>

#include "hone-fault-vfs.h"
#include "model/hone-labeling.h"
#include "store/hone-store-labels.h"
#include "ui-support.h"

typedef struct {
  char          *path;
  HoneProject   *project;
  HoneSelection *selection;
  HoneLabeling  *labeling;
  guint          n_told;       /* times the project was told of labels */
  guint          n_failed;
  char          *message;
} Fixture;

static void
on_changed (Fixture          *self,
            HoneProjectParts  parts)
{
  self->n_told += (parts & HONE_PROJECT_LABELS) != 0;
}

static void
on_failed (Fixture      *self,
           const GError *error)
{
  self->n_failed++;
  g_free (self->message);
  self->message = g_strdup (error->message);
}

static gboolean
is_settled (gpointer labeling)
{
  HoneLabelingProgress progress;

  hone_labeling_get_progress (labeling, &progress);
  return progress.complete && hone_labeling_get_state (labeling) != HONE_LABELING_LOADING;
}

static void
fixture_open (Fixture *self,
              char    *path)
{
  self->path = path;
  self->project = ui_support_open (path);
  self->selection = hone_selection_new ();
  self->labeling = hone_labeling_new (self->project, self->selection);
  g_signal_connect_swapped (self->project, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (self->labeling, "failed", G_CALLBACK (on_failed), self);
  hone_labeling_set_live (self->labeling, TRUE);
  ui_support_wait (is_settled, self->labeling);
}

static void
fixture_close (Fixture *self)
{
  g_object_add_weak_pointer (G_OBJECT (self->labeling), (gpointer *) &self->labeling);
  g_object_unref (self->labeling);
  while (self->labeling)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (self->project, self);
  g_object_unref (self->selection);
  ui_support_close (self->project);
  g_object_unref (self->project);
  g_free (self->path);
  g_free (self->message);
}

/* Runs the loop until the write that was started is over and the project was told. */
static void
finish (Fixture *self)
{
  guint told = self->n_told, failed = self->n_failed;

  while (self->n_told == told && self->n_failed == failed)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
is_loaded (gpointer item)
{
  return hone_example_item_get_example (item) != NULL;
}

static const HoneExample *
current (Fixture *self)
{
  HoneExampleItem *item = hone_labeling_get_current (self->labeling);

  g_assert_nonnull (item);
  ui_support_wait (is_loaded, item);
  return hone_example_item_get_example (item);
}

static void
assert_text (Fixture    *self,
             const char *text)
{
  g_assert_cmpint (hone_labeling_get_state (self->labeling), ==, HONE_LABELING_TEXT);
  g_assert_cmpstr (current (self)->text, ==, text);
}

static gint64
id_of (Fixture    *self,
       const char *external_id)
{
  g_autoptr(GError) error = NULL;
  gint64 id = hone_store_find_example (hone_project_get_store (self->project), external_id, &error);

  g_assert_no_error (error);
  return id;
}

static HoneExample *
stored (Fixture    *self,
        const char *external_id)
{
  gint64 id = id_of (self, external_id);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) examples = hone_store_get_examples (hone_project_get_store (self->project), &id, 1, &error);

  g_assert_no_error (error);
  return g_ptr_array_steal_index (examples, 0);
}

/* @category 0: no label. */
static void
assert_label (Fixture    *self,
              const char *external_id,
              guint       category)
{
  g_autoptr(HoneExample) example = stored (self, external_id);

  g_assert_cmpint (example->reference_state, ==, category ? HONE_REFERENCE_LABELLED : HONE_REFERENCE_NONE);
  g_assert_true (!category || hone_category_set_contains (example->reference, category));
}

static GPtrArray *
labels_of (Fixture    *self,
           const char *external_id)
{
  g_autoptr(GError) error = NULL;
  GPtrArray *labels = hone_store_list_labels (hone_project_get_store (self->project), id_of (self, external_id), &error);

  g_assert_no_error (error);
  return labels;
}

static void
pick (Fixture *self,
      guint    category)
{
  hone_labeling_pick (self->labeling, category);
  finish (self);
}

static guint
history_length (Fixture *self)
{
  return g_list_model_get_n_items (hone_labeling_get_history (self->labeling));
}

static gboolean
has_two_today (gpointer labeling)
{
  HoneLabelingProgress progress;

  hone_labeling_get_progress (labeling, &progress);
  return progress.today == 2;
}

/* Of the fixture's texts the even ones have no label. */
static void
test_labels (void)
{
  Fixture self = { 0 };
  g_autoptr(GPtrArray) labels = NULL;
  HoneLabelingProgress progress;

  fixture_open (&self, ui_support_new_project (10));
  assert_text (&self, "text 0");
  hone_labeling_get_progress (self.labeling, &progress);
  g_assert_cmpuint (progress.total, ==, 5);
  g_assert_cmpuint (progress.left, ==, 5);
  g_assert_cmpuint (progress.position, ==, 1);
  g_assert_cmpuint (progress.today, ==, 0);
  g_assert_true (isnan (progress.per_minute));

  pick (&self, 2);
  assert_text (&self, "text 2");
  assert_label (&self, "t0", 2);
  labels = labels_of (&self, "t0");
  g_assert_cmpuint (labels->len, ==, 1);
  g_assert_cmpstr (((HoneLabel *) labels->pdata[0])->author, ==, g_get_user_name ());
  g_assert_cmpint (((HoneLabel *) labels->pdata[0])->origin, ==, HONE_ORIGIN_HUMAN);

  pick (&self, 1);
  assert_text (&self, "text 4");
  ui_support_wait (has_two_today, self.labeling);
  hone_labeling_get_progress (self.labeling, &progress);
  g_assert_cmpuint (progress.total, ==, 5);      /* the queue does not shift */
  g_assert_cmpuint (progress.left, ==, 3);
  g_assert_cmpuint (progress.position, ==, 3);
  g_assert_true (progress.per_minute > 0.0);
  g_assert_cmpuint (history_length (&self), ==, 2);

  for (guint i = 0; i < 3; i++)
    pick (&self, 1);
  g_assert_cmpint (hone_labeling_get_state (self.labeling), ==, HONE_LABELING_DONE);
  g_assert_null (hone_labeling_get_current (self.labeling));
  hone_labeling_pick (self.labeling, 1);         /* nothing to label: nothing happens */
  assert_label (&self, "t8", 1);
  hone_labeling_previous (self.labeling);
  assert_text (&self, "text 8");
  fixture_close (&self);
}

/* A second key before the next text is there is about a text that nobody saw. */
static void
test_busy (void)
{
  Fixture self = { 0 };

  fixture_open (&self, ui_support_new_project (10));
  hone_labeling_pick (self.labeling, 2);
  hone_labeling_pick (self.labeling, 1);
  hone_labeling_skip (self.labeling);
  hone_labeling_undo (self.labeling);
  hone_labeling_next (self.labeling);
  finish (&self);
  assert_text (&self, "text 2");
  assert_label (&self, "t0", 2);
  assert_label (&self, "t2", 0);
  g_assert_cmpuint (history_length (&self), ==, 1);
  fixture_close (&self);
}

static void
undo (Fixture *self)
{
  g_assert_true (hone_labeling_can_undo (self->labeling));
  hone_labeling_undo (self->labeling);
  finish (self);
}

static void
redo (Fixture *self)
{
  g_assert_true (hone_labeling_can_redo (self->labeling));
  hone_labeling_redo (self->labeling);
  finish (self);
}

static gboolean
has_note (gpointer labeling)
{
  return hone_labeling_get_note (labeling) != NULL;
}

/* Everything that was done is taken back in turn, and done again. */
static void
test_undo (void)
{
  Fixture self = { 0 };
  g_autoptr(HoneExample) example = NULL;
  g_autoptr(GPtrArray) labels = NULL;

  fixture_open (&self, ui_support_new_project (10));
  g_assert_false (hone_labeling_can_undo (self.labeling));
  pick (&self, 2);                                          /* t0 */
  hone_labeling_skip (self.labeling);                       /* t2 */
  finish (&self);
  assert_text (&self, "text 4");
  hone_labeling_toggle_flag (self.labeling);                /* t4 */
  finish (&self);
  g_assert_true (hone_labeling_get_flag (self.labeling));
  hone_labeling_set_note (self.labeling, "odd one");
  finish (&self);
  pick (&self, 1);
  assert_text (&self, "text 6");
  labels = labels_of (&self, "t4");
  g_assert_cmpuint (labels->len, ==, 2);                    /* the note, then the label, which takes it along */
  g_assert_cmpstr (((HoneLabel *) labels->pdata[1])->note, ==, "odd one");

  undo (&self);
  assert_text (&self, "text 4");
  assert_label (&self, "t4", 0);
  ui_support_wait (has_note, self.labeling);
  g_assert_null (hone_labeling_get_chosen (self.labeling));
  undo (&self);
  undo (&self);
  assert_text (&self, "text 4");
  g_assert_false (hone_labeling_get_flag (self.labeling));
  undo (&self);
  assert_text (&self, "text 2");
  undo (&self);
  assert_text (&self, "text 0");
  assert_label (&self, "t0", 0);
  g_assert_false (hone_labeling_can_undo (self.labeling));
  g_assert_cmpuint (history_length (&self), ==, 0);

  for (guint i = 0; i < 5; i++)
    redo (&self);
  assert_text (&self, "text 6");
  g_assert_false (hone_labeling_can_redo (self.labeling));
  assert_label (&self, "t0", 2);
  assert_label (&self, "t2", 0);
  assert_label (&self, "t4", 1);
  example = stored (&self, "t4");
  g_assert_true (example->flag);

  /* After something new nothing is done again. */
  undo (&self);
  pick (&self, 2);
  g_assert_false (hone_labeling_can_redo (self.labeling));
  assert_label (&self, "t4", 2);
  assert_text (&self, "text 6");
  fixture_close (&self);
}

static void
test_history (void)
{
  Fixture self = { 0 };
  g_autoptr(HoneLabelingStep) step = NULL;
  HoneLabelingProgress progress;

  fixture_open (&self, ui_support_new_project (40));
  for (guint i = 0; i < 12; i++)
    pick (&self, 1);
  assert_text (&self, "text 24");
  g_assert_cmpuint (history_length (&self), ==, HONE_LABELING_REMEMBERED);
  step = g_list_model_get_item (hone_labeling_get_history (self.labeling), 3);
  g_assert_cmpint (hone_labeling_step_get_example_id (step), ==, id_of (&self, "t16"));

  /* An old decision is looked at and changed; then it goes on where it was. */
  hone_labeling_show (self.labeling, hone_labeling_step_get_item (step));
  assert_text (&self, "text 16");
  g_assert_true (hone_category_set_contains (hone_labeling_get_chosen (self.labeling), 1));
  pick (&self, 2);
  assert_text (&self, "text 24");
  assert_label (&self, "t16", 2);
  g_assert_cmpuint (history_length (&self), ==, HONE_LABELING_REMEMBERED);
  g_clear_object (&step);
  step = g_list_model_get_item (hone_labeling_get_history (self.labeling), 0);
  g_assert_cmpint (hone_labeling_step_get_example_id (step), ==, id_of (&self, "t16"));
  ui_support_wait (is_settled, self.labeling);
  hone_labeling_get_progress (self.labeling, &progress);
  g_assert_cmpuint (progress.left, ==, 20 - 12);
  undo (&self);
  assert_label (&self, "t16", 1);
  assert_text (&self, "text 16");
  fixture_close (&self);
}

static void
test_skipped_again (void)
{
  Fixture self = { 0 };
  HoneLabelingProgress progress;

  fixture_open (&self, ui_support_new_project (4));
  hone_labeling_skip (self.labeling);
  finish (&self);
  pick (&self, 1);
  g_assert_cmpint (hone_labeling_get_state (self.labeling), ==, HONE_LABELING_DONE);
  hone_labeling_get_progress (self.labeling, &progress);
  g_assert_cmpuint (progress.skipped, ==, 1);
  hone_labeling_restart (self.labeling);
  ui_support_wait (is_settled, self.labeling);
  assert_text (&self, "text 0");
  fixture_close (&self);
}

/* A disk that fails: the decision stays where it is, and is written when it works again. */
static void
test_failed_write (void)
{
  Fixture self = { 0 };

  fixture_open (&self, ui_support_new_project (10));
  hone_fault_vfs_arm (1);
  pick (&self, 2);
  g_assert_cmpuint (self.n_failed, ==, 1);
  g_assert_true (hone_labeling_has_failed (self.labeling));
  assert_text (&self, "text 0");
  g_assert_true (hone_category_set_contains (hone_labeling_get_chosen (self.labeling), 2));
  hone_labeling_next (self.labeling);                       /* nobody leaves it by accident */
  assert_text (&self, "text 0");
  hone_labeling_retry (self.labeling);
  finish (&self);
  g_assert_cmpuint (self.n_failed, ==, 2);
  g_assert_true (hone_fault_vfs_disarm ());

  hone_labeling_retry (self.labeling);
  finish (&self);
  g_assert_cmpuint (self.n_failed, ==, 2);
  assert_text (&self, "text 2");
  assert_label (&self, "t0", 2);

  /* A note is not lost by a label, and whoever gives up has what was there before. */
  hone_fault_vfs_arm (1);
  hone_labeling_set_note (self.labeling, "typed");
  finish (&self);
  hone_fault_vfs_disarm ();
  hone_labeling_pick (self.labeling, 1);
  assert_text (&self, "text 2");
  g_assert_cmpstr (hone_labeling_get_note (self.labeling), ==, "typed");
  hone_labeling_retry (self.labeling);
  finish (&self);
  hone_fault_vfs_arm (1);
  pick (&self, 1);
  hone_fault_vfs_disarm ();
  hone_labeling_undo (self.labeling);
  g_assert_false (hone_labeling_has_failed (self.labeling));
  g_assert_null (hone_labeling_get_chosen (self.labeling));
  assert_label (&self, "t2", 0);

  /* Neither is undo. */
  hone_fault_vfs_arm (1);
  hone_labeling_undo (self.labeling);
  finish (&self);
  hone_fault_vfs_disarm ();
  undo (&self);
  undo (&self);
  assert_label (&self, "t0", 0);
  fixture_close (&self);
}

static gboolean
is_random (gpointer data)
{
  Fixture *self = data;

  return is_settled (self->labeling) && strcmp (current (self)->text, "text 0") != 0;
}

static void
test_orders (void)
{
  Fixture self = { 0 };
  HoneFilter filter = HONE_FILTER_ALL;
  HoneLabelingProgress progress;

  fixture_open (&self, ui_support_new_project (100));
  g_assert_null (hone_labeling_explain_order (self.labeling, HONE_QUEUE_IMPORTED));
  g_assert_null (hone_labeling_explain_order (self.labeling, HONE_QUEUE_RANDOM));
  g_assert_nonnull (hone_labeling_explain_order (self.labeling, HONE_QUEUE_UNCERTAIN));
  g_assert_nonnull (hone_labeling_explain_order (self.labeling, HONE_QUEUE_DISAGREE));
  hone_selection_set_order (self.selection, HONE_QUEUE_RANDOM);
  ui_support_wait (is_random, &self);

  /* Without an iteration there is no confidence: the order of import instead. */
  hone_selection_set_order (self.selection, HONE_QUEUE_UNCERTAIN);
  ui_support_wait (is_settled, self.labeling);
  assert_text (&self, "text 0");

  /* A filter that speaks of labels is taken as it is. */
  g_assert_true (hone_labeling_narrows (self.labeling));
  filter.category = 2;
  hone_selection_set_filter (self.selection, &filter);
  g_assert_false (hone_labeling_narrows (self.labeling));
  ui_support_wait (is_settled, self.labeling);
  assert_text (&self, "text 3");
  g_assert_true (hone_category_set_contains (hone_labeling_get_chosen (self.labeling), 2));
  hone_labeling_next (self.labeling);
  assert_text (&self, "text 7");
  hone_labeling_previous (self.labeling);
  hone_labeling_previous (self.labeling);
  assert_text (&self, "text 3");

  filter.category = 0;
  hone_selection_set_filter (self.selection, &filter);
  hone_labeling_set_only_open (self.labeling, FALSE);
  ui_support_wait (is_settled, self.labeling);
  hone_labeling_get_progress (self.labeling, &progress);
  g_assert_cmpuint (progress.total, ==, 100);

  filter.search = "nowhere";
  hone_selection_set_filter (self.selection, &filter);
  ui_support_wait (is_settled, self.labeling);
  g_assert_cmpint (hone_labeling_get_state (self.labeling), ==, HONE_LABELING_NOTHING_FITS);
  fixture_close (&self);
}

/* One vote against another's would leave the text disputed: by default the labeler settles it. */
static void
test_review (void)
{
  Fixture self = { 0 };
  HoneFilter filter = HONE_FILTER_ALL;
  g_autoptr(GPtrArray) labels = NULL;
  g_autoptr(HoneExample) example = NULL;

  fixture_open (&self, ui_support_new_project (10));
  filter.reference_state = HONE_REFERENCE_LABELLED;
  hone_selection_set_filter (self.selection, &filter);
  ui_support_wait (is_settled, self.labeling);
  assert_text (&self, "text 1");
  pick (&self, 2);
  assert_label (&self, "t1", 2);
  labels = labels_of (&self, "t1");
  g_assert_cmpuint (labels->len, ==, 2);
  g_assert_cmpint (((HoneLabel *) labels->pdata[1])->origin, ==, HONE_ORIGIN_REVIEW);

  hone_labeling_set_review (self.labeling, FALSE);
  assert_text (&self, "text 3");
  pick (&self, 1);
  example = stored (&self, "t3");
  g_assert_cmpint (example->reference_state, ==, HONE_REFERENCE_DISPUTED);
  fixture_close (&self);
}

static char *
new_project_of_several (void)
{
  char *path = ui_support_new_project (10);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStore) store = hone_store_open (path, HONE_STORE_WRITE, &error);
  g_autoptr(HoneOntology) old = hone_store_dup_ontology (store);
  g_autoptr(HoneOntology) ontology = hone_ontology_copy (old);

  hone_ontology_set_choice (ontology, HONE_CHOICE_SEVERAL);
  g_assert_true (hone_store_set_ontology (store, ontology, &error));
  g_assert_true (hone_store_close (store, &error));
  g_assert_no_error (error);
  return path;
}

static void
test_several (void)
{
  Fixture self = { 0 };
  g_autoptr(HoneExample) both = NULL;

  fixture_open (&self, new_project_of_several ());
  hone_labeling_save (self.labeling);                       /* nothing is chosen */
  hone_labeling_pick (self.labeling, 1);
  hone_labeling_pick (self.labeling, 2);
  hone_labeling_pick (self.labeling, 1);
  hone_labeling_pick (self.labeling, 1);
  hone_labeling_pick (self.labeling, 7);                    /* no such category */
  assert_text (&self, "text 0");
  g_assert_cmpuint (hone_category_set_get_size (hone_labeling_get_chosen (self.labeling)), ==, 2);
  assert_label (&self, "t0", 0);
  hone_labeling_save (self.labeling);
  finish (&self);
  assert_text (&self, "text 2");
  g_assert_null (hone_labeling_get_chosen (self.labeling));
  both = stored (&self, "t0");
  g_assert_cmpuint (hone_category_set_get_size (both->reference), ==, 2);
  fixture_close (&self);
}

static void
test_blind (void)
{
  Fixture self = { 0 };
  gint64 first;
  g_autoptr(GError) error = NULL;

  fixture_open (&self, ui_support_new_project (10));
  g_assert_false (hone_labeling_hides_answer (self.labeling));
  hone_labeling_set_blind (self.labeling, TRUE);
  g_assert_true (hone_labeling_hides_answer (self.labeling));
  hone_labeling_set_blind (self.labeling, FALSE);

  /* Test is sealed: its labels and predictions are never seen together. */
  first = id_of (&self, "t0");
  g_assert_true (hone_store_set_split (hone_project_get_store (self.project), &first, 1, HONE_SPLIT_TEST, &error));
  g_assert_no_error (error);
  hone_project_changed (self.project, HONE_PROJECT_EXAMPLES);
  while (current (&self)->split != HONE_SPLIT_TEST)
    g_main_context_iteration (NULL, TRUE);
  assert_text (&self, "text 0");
  g_assert_true (hone_labeling_hides_answer (self.labeling));
  ui_support_wait (is_settled, self.labeling);
  fixture_close (&self);
}

/* A text that somebody deleted is not asked about, and the one at hand stays while others come. */
static void
test_others (void)
{
  Fixture self = { 0 };
  gint64 gone;
  g_autoptr(GError) error = NULL;
  HoneLabelingProgress progress;

  fixture_open (&self, ui_support_new_project (10));
  pick (&self, 1);
  pick (&self, 1);
  assert_text (&self, "text 4");
  gone = id_of (&self, "t6");
  g_assert_cmpint (hone_store_delete_examples (hone_project_get_store (self.project), &gone, 1, &error), >, 0);
  hone_project_changed (self.project, HONE_PROJECT_EXAMPLES);
  ui_support_wait (is_settled, self.labeling);
  assert_text (&self, "text 4");
  hone_labeling_get_progress (self.labeling, &progress);
  g_assert_cmpuint (progress.total, ==, 2);
  g_assert_cmpuint (progress.left, ==, 2);
  g_assert_cmpuint (progress.position, ==, 1);
  pick (&self, 1);
  assert_text (&self, "text 8");

  gone = id_of (&self, "t8");
  g_assert_cmpint (hone_store_delete_examples (hone_project_get_store (self.project), &gone, 1, &error), >, 0);
  g_assert_no_error (error);
  hone_project_changed (self.project, HONE_PROJECT_EXAMPLES);
  while (hone_labeling_get_state (self.labeling) != HONE_LABELING_DONE)
    g_main_context_iteration (NULL, TRUE);
  fixture_close (&self);
}

static void
test_empty (void)
{
  Fixture self = { 0 };

  fixture_open (&self, ui_support_new_project (0));
  g_assert_cmpint (hone_labeling_get_state (self.labeling), ==, HONE_LABELING_NO_TEXTS);
  hone_labeling_next (self.labeling);
  hone_labeling_previous (self.labeling);
  hone_labeling_undo (self.labeling);
  fixture_close (&self);
}

static void
test_reading_only (void)
{
  Fixture self = { 0 };
  char *path = ui_support_new_project (10);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneStore) writer = hone_store_open (path, HONE_STORE_WRITE, &error);

  g_assert_no_error (error);
  fixture_open (&self, path);
  hone_labeling_pick (self.labeling, 1);
  hone_labeling_skip (self.labeling);
  hone_labeling_toggle_flag (self.labeling);
  assert_text (&self, "text 0");
  assert_label (&self, "t0", 0);
  g_assert_false (hone_labeling_has_failed (self.labeling));
  g_assert_true (hone_store_close (writer, &error));
  fixture_close (&self);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  hone_fault_vfs_install ();
  g_test_add_func ("/ui/labeling/labels", test_labels);
  g_test_add_func ("/ui/labeling/busy", test_busy);
  g_test_add_func ("/ui/labeling/undo", test_undo);
  g_test_add_func ("/ui/labeling/history", test_history);
  g_test_add_func ("/ui/labeling/skipped-again", test_skipped_again);
  g_test_add_func ("/ui/labeling/failed-write", test_failed_write);
  g_test_add_func ("/ui/labeling/orders", test_orders);
  g_test_add_func ("/ui/labeling/review", test_review);
  g_test_add_func ("/ui/labeling/several", test_several);
  g_test_add_func ("/ui/labeling/blind", test_blind);
  g_test_add_func ("/ui/labeling/others", test_others);
  g_test_add_func ("/ui/labeling/empty", test_empty);
  g_test_add_func ("/ui/labeling/reading-only", test_reading_only);
  return g_test_run ();
}
