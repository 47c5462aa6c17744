/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as it is put together: states, parts, openings of the test set, files. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "model/hone-report-draft.h"
#include "store/hone-store-experiments.h"
#include "ui-iterations.h"
#include "ui-support.h"

typedef struct {
  char             *path;
  HoneProject      *project;
  HoneSelection    *selection;
  HoneScoreboard   *scoreboard;
  HoneIterationSet *set;
  HoneReportDraft  *draft;
  gint64            ids[2];
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  HoneStore *store;

  fixture->path = ui_iterations_new_project ();
  fixture->project = ui_support_open (fixture->path);
  store = hone_project_get_store (fixture->project);
  fixture->ids[0] = ui_iterations_add (store, "first", 5, TRUE);
  fixture->ids[1] = ui_iterations_add (store, "first", 20, TRUE);
  fixture->selection = hone_selection_new ();
  fixture->scoreboard = hone_scoreboard_new (fixture->project, fixture->selection);
  fixture->set = hone_iteration_set_new (fixture->scoreboard, fixture->selection, G_MAXSIZE, FALSE);
  fixture->draft = hone_report_draft_new (fixture->project, fixture->scoreboard, fixture->set);
  hone_report_draft_set_live (fixture->draft, TRUE);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer draft = fixture->draft, set = fixture->set;

  g_object_add_weak_pointer (draft, &draft);
  g_object_add_weak_pointer (set, &set);
  g_object_unref (fixture->draft);
  g_object_unref (fixture->set);
  ui_support_wait (is_gone, &draft);
  g_assert_null (set);
  g_object_unref (fixture->scoreboard);
  ui_support_close (fixture->project);
  g_object_unref (fixture->project);
  g_object_unref (fixture->selection);
  g_free (fixture->path);
}

static gboolean
is_ready (gpointer data)
{
  HoneReportDraft *draft = ((Fixture *) data)->draft;

  return hone_report_draft_get_state (draft) == HONE_DRAFT_READY && !hone_report_draft_get_loading (draft);
}

static gboolean
is_sealed (gpointer data)
{
  HoneReportDraft *draft = ((Fixture *) data)->draft;

  return hone_report_draft_get_state (draft) == HONE_DRAFT_SEALED && hone_report_draft_get_openings (draft) >= 0;
}

static gboolean
is_empty (gpointer data)
{
  return hone_report_draft_get_state (((Fixture *) data)->draft) == HONE_DRAFT_EMPTY;
}

static char *
dup_text (Fixture *fixture)
{
  HoneReportPaper *paper = hone_report_draft_get_paper (fixture->draft);
  g_autoptr(GString) text = g_string_new (NULL);

  for (gsize i = 0; i < hone_report_paper_get_n_pages (paper); i++)
    g_string_append (text, hone_report_paper_get_text (paper, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
assert_says (Fixture    *fixture,
             const char *text,
             gboolean    wanted)
{
  g_autofree char *all = dup_text (fixture);

  if ((strstr (all, text) != NULL) != wanted)
    g_error ("the report %s “%s”:\n%s", wanted ? "lacks" : "holds", text, all);
}

static guint64
count_openings (Fixture *fixture)
{
  return hone_store_count_openings (hone_project_get_store (fixture->project), NULL);
}

/* Iterations and parts are those that were chosen; labels are followed; few texts are warned of. */
static void
test_choices (Fixture       *fixture,
              gconstpointer  data)
{
  ui_support_wait (is_ready, fixture);
  assert_says (fixture, "first@0", TRUE);
  assert_says (fixture, "first@1", TRUE);
  assert_says (fixture, "Confusion matrix", TRUE);
  assert_says (fixture, "100.0 %", TRUE);
  g_assert_cmpuint (hone_report_paper_get_warnings (hone_report_draft_get_paper (fixture->draft))->len, >, 0);

  hone_report_draft_set_sections (fixture->draft, HONE_REPORT_COMPARISONS);
  g_assert_true (hone_report_draft_get_loading (fixture->draft));
  ui_support_wait (is_ready, fixture);
  assert_says (fixture, "Confusion matrix", FALSE);

  ui_iterations_relabel (fixture->project, 2);
  g_signal_emit_by_name (fixture->scoreboard, "loaded");
  ui_support_wait (is_ready, fixture);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  ui_support_wait (is_ready, fixture);

  hone_iteration_set_choose (fixture->set, fixture->ids[0], FALSE);
  ui_support_wait (is_ready, fixture);
  assert_says (fixture, "first@0", FALSE);
  assert_says (fixture, "95.0 %", TRUE);
  hone_iteration_set_choose (fixture->set, fixture->ids[1], FALSE);
  ui_support_wait (is_empty, fixture);
  g_assert_null (hone_report_draft_get_paper (fixture->draft));
  g_assert_cmpuint (count_openings (fixture), ==, 0);
}

/* Scores of test are made when somebody opens it: an opening of each iteration, listed once, however often parts or labels change. */
static void
test_test (Fixture       *fixture,
           gconstpointer  data)
{
  ui_support_wait (is_ready, fixture);
  hone_report_draft_set_split (fixture->draft, HONE_SPLIT_TEST);
  ui_support_wait (is_sealed, fixture);
  g_assert_null (hone_report_draft_get_paper (fixture->draft));
  g_assert_cmpint (hone_report_draft_get_openings (fixture->draft), ==, 0);
  g_assert_cmpuint (count_openings (fixture), ==, 0);

  hone_report_draft_open_test (fixture->draft);
  ui_support_wait (is_ready, fixture);
  assert_says (fixture, "split “test”", TRUE);
  g_assert_cmpuint (count_openings (fixture), ==, 2);
  hone_report_draft_set_sections (fixture->draft, 0);
  ui_support_wait (is_ready, fixture);
  ui_iterations_relabel (fixture->project, 42);
  g_signal_emit_by_name (fixture->scoreboard, "loaded");
  ui_support_wait (is_ready, fixture);
  assert_says (fixture, "100.0 %", TRUE);
  g_assert_cmpuint (count_openings (fixture), ==, 2);

  /* Another report is another look. */
  hone_iteration_set_choose (fixture->set, fixture->ids[0], FALSE);
  ui_support_wait (is_sealed, fixture);
  g_assert_cmpint (hone_report_draft_get_openings (fixture->draft), ==, 2);
  hone_report_draft_open_test (fixture->draft);
  ui_support_wait (is_ready, fixture);
  assert_says (fixture, "95.0 %", TRUE);
  g_assert_cmpuint (count_openings (fixture), ==, 3);
}

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  ui_support_wait (is_ready, fixture);
  hone_report_draft_again (fixture->draft);
  hone_report_draft_cancel (fixture->draft);
  g_assert_cmpint (hone_report_draft_get_state (fixture->draft), ==, HONE_DRAFT_PROBLEM);
  g_assert_false (hone_report_draft_get_loading (fixture->draft));
  hone_report_draft_again (fixture->draft);
  ui_support_wait (is_ready, fixture);
}

static void
keep_result (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static gboolean
has_result (gpointer data)
{
  return *(GAsyncResult **) data != NULL;
}

static gboolean
write_file (Fixture         *fixture,
            HoneReportForm   form,
            const char      *path,
            GCancellable    *cancellable,
            GError         **error)
{
  g_autoptr(GAsyncResult) result = NULL;

  hone_report_draft_write_async (fixture->draft, form, path, cancellable, keep_result, &result);
  ui_support_wait (has_result, &result);
  return hone_report_draft_write_finish (fixture->draft, result, error);
}

/* Each form is a file that begins as it should; what cannot be written is told. */
static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct {
    HoneReportForm  form;
    const char     *begin;
  } forms[] = {
    { HONE_REPORT_HTML, "<!DOCTYPE html>" }, { HONE_REPORT_PDF, "%PDF-" }, { HONE_REPORT_MARKDOWN, "# Report" }, { HONE_REPORT_CSV, "" },
    { HONE_REPORT_JSON, "{" },
  };
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autofree char *path = g_build_filename (folder, "report", NULL);
  g_autoptr(GCancellable) cancelled = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  ui_support_wait (is_ready, fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *contents = NULL;
      gsize length;

      g_assert_true (write_file (fixture, forms[i].form, path, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
      g_assert_true (g_str_has_prefix (contents, forms[i].begin));
      g_assert_cmpuint (length, >, 100);
    }
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_cancellable_cancel (cancelled);
  g_assert_false (write_file (fixture, HONE_REPORT_HTML, path, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_false (write_file (fixture, HONE_REPORT_HTML, "/nonexistent/report.html", NULL, &error));
  g_assert_error (error, HONE_REPORT_ERROR, HONE_REPORT_ERROR_WRITE);
}

#define ADD(name, func) g_test_add ("/ui/report-draft/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("choices", test_choices);
  ADD ("test", test_test);
  ADD ("cancel", test_cancel);
  ADD ("files", test_files);
  return g_test_run ();
}
